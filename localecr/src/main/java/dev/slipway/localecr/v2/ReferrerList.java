package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v2/R/referrers/D}: an index of what has D as its subject. D itself need not exist.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">
 *     distribution-spec, listing referrers</a>
 */
final class ReferrerList implements RepositoryEndpoint {
    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Images images = call.repository().images();
        Digest subject = call.digest();
        Optional<String> type = call.http().query("artifactType");
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX);
        ArrayNode manifests = json.putArray("manifests");
        for (Digest digest : images.digests()) {
            images.find(digest)
                    .filter(document -> refersTo(document, subject))
                    .filter(document -> type.isEmpty() || type.get().equals(document.artifactType()))
                    .ifPresent(document -> manifests.add(descriptor(document)));
        }
        Answer answer =
                Answer.of(200).body(MediaType.OCI_INDEX, JsonMapper.shared().writeValueAsBytes(json));
        return type.isPresent() ? answer.header("OCI-Filters-Applied", "artifactType") : answer;
    }

    private static boolean refersTo(ManifestDocument document, Digest subject) {
        return document.subject().stream().anyMatch(named -> named.digest().equals(subject));
    }

    private static ObjectNode descriptor(ManifestDocument document) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("mediaType", document.mediaType())
                .put("digest", document.digest().toString())
                .put("size", document.bytes().length);
        if (!document.artifactType().isEmpty()) {
            json.put("artifactType", document.artifactType());
        }
        if (!document.annotations().isEmpty()) {
            ObjectNode annotations = json.putObject("annotations");
            document.annotations().forEach(annotations::put);
        }
        return json;
    }
}
