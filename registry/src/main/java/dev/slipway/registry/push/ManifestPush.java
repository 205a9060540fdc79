package dev.slipway.registry.push;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.image.model.Digest;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.endpoint.ManifestHead;
import dev.slipway.registry.endpoint.ManifestPut;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.error.RefusedAnswerException;
import java.util.Optional;

/**
 * Puts a manifest under a tag, unless it is there: an immutable tag refuses even the manifest that it already names. All
 * its blobs are in the repository.
 */
final class ManifestPush {
    private final RegistryAccess access;
    private final RegistryTarget target;
    private final Outgoing image;
    private final Digest digest;

    ManifestPush(RegistryAccess access, RegistryTarget target, Outgoing image) {
        this.access = access;
        this.target = target;
        this.image = image;
        this.digest = image.manifestDescriptor().digest();
    }

    /** @param reference tag or digest */
    void run(String reference) {
        if (isThere(reference)) {
            return;
        }
        ManifestPut put = new ManifestPut(
                target, reference, image.manifest(), image.manifestDescriptor().mediaType());
        try {
            verify(put, access.call(put));
        } catch (ServiceException e) {
            // an earlier attempt may have succeeded although its answer was lost
            if (!(e.getCause() instanceof RefusedAnswerException refused)
                    || refused.status() != 400
                    || !isThere(reference)) {
                throw e;
            }
        }
    }

    private boolean isThere(String reference) {
        return access.call(new ManifestHead(target, reference))
                .filter(digest::equals)
                .isPresent();
    }

    private void verify(ManifestPut put, Optional<String> announced) {
        Optional<Digest> other = announced
                .filter(Digest::isDigest)
                .map(Digest::parse)
                .filter(given -> given.algorithm().equals(digest.algorithm()) && !given.equals(digest));
        if (other.isPresent()) {
            throw new ServiceException(new Problem(
                    target.name(),
                    put.describe(),
                    "the registry says that the digest is " + other.get() + ", not " + digest,
                    "something between here and the registry changes manifests"));
        }
    }
}
