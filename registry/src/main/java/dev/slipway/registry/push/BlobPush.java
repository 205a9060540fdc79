package dev.slipway.registry.push;

import dev.slipway.foundation.error.ServiceException;
import dev.slipway.image.model.Digest;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.endpoint.BlobHead;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.endpoint.RegistryCall;
import dev.slipway.registry.endpoint.RegistryRequest;
import dev.slipway.registry.endpoint.UploadData;
import dev.slipway.registry.endpoint.UploadEnd;
import dev.slipway.registry.endpoint.UploadStart;
import dev.slipway.registry.error.MalformedAnswerException;
import dev.slipway.registry.error.RefusedAnswerException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Brings one blob into a repository: not at all if it is there, by a mount if the registry can, else in one session. A
 * transfer that fails is followed by a look, because the registry may have finished what it could not say; then comes a
 * new session, never the old one again. Confined to one thread.
 */
final class BlobPush {
    private final RegistryAccess access;
    private final RegistryTarget target;
    private final BlobSource blob;
    private final Digest digest;
    private final BlobHead head;
    private RegistryRequest current;
    private boolean triedBefore;

    BlobPush(RegistryAccess access, RegistryTarget target, BlobSource blob) {
        this.access = access;
        this.target = target;
        this.blob = blob;
        this.digest = blob.descriptor().digest();
        this.head = new BlobHead(target, digest);
        this.current = head;
    }

    /**
     * @throws ServiceException if the registry fails or refuses
     * @throws dev.slipway.foundation.error.NotAllowedException if it refuses the credential
     */
    Outcome run() {
        return access.call(head) ? Outcome.REUSED : access.explained(() -> current, this::attempt);
    }

    private Outcome attempt() throws IOException {
        if (triedBefore && access.once(head)) {
            return Outcome.SENT;
        }
        Optional<String> mountFrom = triedBefore ? Optional.empty() : mountSource();
        triedBefore = true;
        return switch (start(mountFrom)) {
            case UploadStart.Mounted _ -> Outcome.REUSED;
            case UploadStart.Session(URI location) -> {
                transfer(location);
                yield Outcome.SENT;
            }
        };
    }

    private UploadStart.Result start(Optional<String> mountFrom) throws IOException {
        try {
            return make(new UploadStart(target, digest, mountFrom));
        } catch (RefusedAnswerException refused) {
            boolean mountRefused = mountFrom.isPresent() && refused.status() / 100 == 4 && !refused.passing();
            if (!mountRefused) {
                throw refused;
            }
            return make(new UploadStart(target, digest, Optional.empty()));
        }
    }

    private void transfer(URI location) throws IOException {
        try {
            // a PATCH without a body would have no length, and some registries refuse it
            URI end = blob.descriptor().size() == 0 ? location : make(new UploadData(target, location, blob));
            verify(make(new UploadEnd(target, end, digest)));
        } catch (IOException failure) {
            if (Thread.currentThread().isInterrupted() || !isThere(failure)) {
                throw failure;
            }
        }
    }

    private boolean isThere(IOException failure) {
        try {
            return access.once(head);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private void verify(Optional<String> announced) throws MalformedAnswerException {
        Optional<Digest> other = announced
                .filter(Digest::isDigest)
                .map(Digest::parse)
                .filter(given -> given.algorithm().equals(digest.algorithm()) && !given.equals(digest));
        if (other.isPresent()) {
            throw new MalformedAnswerException("the registry stored the blob as " + other.get());
        }
    }

    /** The repository to mount from: another one of the same registry that is known to hold the blob. */
    private Optional<String> mountSource() {
        return blob.origin()
                .map(access::target)
                .filter(source -> source.registry().equals(target.registry())
                        && source.endpoint().equals(target.endpoint())
                        && !source.repository().equals(target.repository()))
                .map(RegistryTarget::remoteRepository);
    }

    private <T> T make(RegistryCall<T> call) throws IOException {
        current = call;
        return access.once(call);
    }

    /** What it took. */
    enum Outcome {
        REUSED,
        SENT
    }
}
