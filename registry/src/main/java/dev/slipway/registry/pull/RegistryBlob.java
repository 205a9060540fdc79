package dev.slipway.registry.pull;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.endpoint.BlobGet;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.error.MalformedAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A blob that lies in a registry. Its stream takes up a transfer that broke off where it broke off. */
record RegistryBlob(RegistryAccess access, RegistryTarget target, ImageReference image, Descriptor descriptor)
        implements BlobSource {
    @Override
    public InputStream open() throws IOException {
        BlobGet first = new BlobGet(target, descriptor.digest(), 0);
        HttpAnswer answer = access.explained(() -> first, () -> openAt(0));
        return new ResumingStream(this::openAt, answer, descriptor.size());
    }

    @Override
    public Optional<ImageReference> origin() {
        return Optional.of(image);
    }

    private HttpAnswer openAt(long offset) throws IOException {
        HttpAnswer answer = access.open(new BlobGet(target, descriptor.digest(), offset));
        try {
            verifyRange(answer, offset);
            return answer;
        } catch (MalformedAnswerException e) {
            answer.close();
            throw e;
        }
    }

    private void verifyRange(HttpAnswer answer, long offset) throws MalformedAnswerException {
        if (offset > 0 && answer.status() == 200) {
            throw new MalformedAnswerException("the registry cannot go on with a transfer that broke off");
        }
        String range = answer.header("Content-Range").orElse("");
        if (offset > 0 && !range.startsWith("bytes " + offset + "-")) {
            throw new MalformedAnswerException("the registry gave another part of the blob than was asked for");
        }
        String rest = Long.toString(descriptor.size() - offset);
        if (!answer.header("Content-Length").orElse(rest).equals(rest)) {
            throw new MalformedAnswerException(
                    "the blob's size is not the " + descriptor.size() + " bytes that the manifest says");
        }
    }
}
