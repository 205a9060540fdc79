package dev.slipway.localecr.control;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives manifests; what is not there is a failure inside of a good answer.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html">BatchGetImage</a>
 */
final class BatchGetImage implements Operation {
    @Override
    public String name() {
        return "BatchGetImage";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        Images images = input.repository().images();
        ObjectNode answer = Input.newObject();
        ArrayNode found = answer.putArray("images");
        ArrayNode failures = answer.putArray("failures");
        for (JsonNode json : input.requiredList("imageIds", 100)) {
            ImageId id = ImageId.of(json);
            Optional<Digest> digest = id.find(images);
            Optional<ManifestDocument> document = digest.isPresent() ? images.find(digest.get()) : Optional.empty();
            if (document.isPresent()) {
                found.add(image(input, id, document.get()));
            } else {
                failures.add(failure(id));
            }
        }
        return answer;
    }

    private static ObjectNode image(Input input, ImageId id, ManifestDocument document) {
        ObjectNode json = input.answerFor(input.repositoryName());
        json.set("imageId", new ImageId(document.digest().toString(), id.tag()).toJson());
        return json.put("imageManifest", new String(document.bytes(), StandardCharsets.UTF_8))
                .put("imageManifestMediaType", document.mediaType());
    }

    private static ObjectNode failure(ImageId id) {
        ObjectNode json = Input.newObject();
        json.set("imageId", id.toJson());
        if (id.isEmpty()) {
            return json.put("failureCode", "MissingDigestAndTag")
                    .put("failureReason", "Invalid request parameters: both tag and digest cannot be null");
        }
        if (id.hasMalformedDigest()) {
            return json.put("failureCode", "InvalidImageDigest")
                    .put(
                            "failureReason",
                            "Invalid request parameters: image digest should satisfy the regex "
                                    + "'[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
        }
        return json.put("failureCode", "ImageNotFound").put("failureReason", Texts.IMAGE_NOT_FOUND);
    }
}
