package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.ImagePublisher;
import dev.slipway.localecr.store.Repository;
import java.io.IOException;

/**
 * {@code DELETE /v2/R/manifests/REF}: by tag the tag, and the image with its last tag; by digest the image with all its
 * tags. An image that an index lists cannot go before the index.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-manifests">
 *     distribution-spec, deleting manifests</a>
 */
final class ManifestDelete implements RepositoryEndpoint {
    private final ImagePublisher publisher;

    ManifestDelete(ImagePublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Repository repository = call.repository();
        boolean deleted = call.namesDigest()
                ? publisher.delete(repository, call.digest())
                : publisher.delete(repository, call.tag());
        if (!deleted) {
            throw Reason.IMAGE_MISSING.refuse(Texts.IMAGE_NOT_FOUND);
        }
        return Answer.of(202);
    }
}
