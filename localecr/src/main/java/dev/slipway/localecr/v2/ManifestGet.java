package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET} and {@code HEAD /v2/R/manifests/REF}. The manifest is given as it was pushed, whatever the client
 * accepts.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">
 *     distribution-spec, pulling manifests</a>
 */
final class ManifestGet implements RepositoryEndpoint {
    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Images images = call.repository().images();
        Optional<Digest> digest = call.image(images);
        Optional<ManifestDocument> found = digest.isPresent() ? images.find(digest.get()) : Optional.empty();
        ManifestDocument document = found.orElseThrow(() -> Reason.IMAGE_MISSING.refuse(Texts.IMAGE_NOT_FOUND));
        return Answer.of(200)
                .header("Docker-Content-Digest", document.digest().toString())
                .body(document.mediaType(), document.bytes());
    }
}
