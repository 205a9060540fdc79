package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.ImagePublisher;
import dev.slipway.localecr.store.Repository;
import java.io.IOException;
import java.util.List;

/**
 * {@code PUT /v2/R/manifests/REF}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests">
 *     distribution-spec, pushing manifests</a>
 */
final class ManifestPut implements RepositoryEndpoint {
    private final ImagePublisher publisher;

    ManifestPut(ImagePublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Repository repository = call.repository();
        List<Tag> tags = call.namesDigest() ? List.of() : List.of(call.tag());
        ManifestDocument document = ManifestDocument.parse(call.http().bodyUpTo(ManifestDocument.MAX_BYTES));
        requireType(call, document);
        if (call.namesDigest() && !document.digest().equals(call.digest())) {
            throw Reason.MANIFEST_DIGEST.refuse("Given image digest '" + call.argument()
                    + "' does not match the digest calculated from the manifest, '" + document.digest() + "'");
        }
        publisher.publish(call.registry(), repository, document, tags);
        Answer answer = Answer.of(201)
                .header("Location", call.address("manifests/" + document.digest()))
                .header("Docker-Content-Digest", document.digest().toString());
        return document.subject()
                .map(subject -> answer.header("OCI-Subject", subject.digest().toString()))
                .orElse(answer);
    }

    /** ECR's own answer is not known; a client that contradicts itself has a defect and shall learn of it. */
    private static void requireType(RepositoryCall call, ManifestDocument document) {
        String header = call.http().header("Content-Type").orElse(document.mediaType());
        String type = header.replaceFirst(";.*$", "").strip();
        if (!type.equals(document.mediaType())) {
            throw Reason.MANIFEST_REJECTED.refuse(Texts.parameter(
                    "imageManifestMediaType", "is " + type + " but the manifest says " + document.mediaType()));
        }
    }
}
