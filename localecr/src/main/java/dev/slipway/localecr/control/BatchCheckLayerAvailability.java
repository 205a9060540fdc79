package dev.slipway.localecr.control;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import dev.slipway.localecr.store.Blobs;
import java.io.IOException;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says which layers a repository holds.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html">
 *     BatchCheckLayerAvailability</a>
 */
final class BatchCheckLayerAvailability implements Operation {
    @Override
    public String name() {
        return "BatchCheckLayerAvailability";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        Blobs blobs = input.repository().blobs();
        ObjectNode answer = Input.newObject();
        ArrayNode layers = answer.putArray("layers");
        ArrayNode failures = answer.putArray("failures");
        for (JsonNode node : input.requiredList("layerDigests", 100)) {
            String digest = node.stringValue("");
            if (Digest.isDigest(digest)) {
                layers.add(layer(blobs, Digest.parse(digest)));
            } else {
                failures.addObject()
                        .put("layerDigest", digest)
                        .put("failureCode", digest.isEmpty() ? "MissingLayerDigest" : "InvalidLayerDigest")
                        .put("failureReason", "Invalid layer digest provided");
            }
        }
        return answer;
    }

    private static ObjectNode layer(Blobs blobs, Digest digest) throws IOException {
        OptionalLong size = blobs.size(digest);
        ObjectNode json = Input.newObject()
                .put("layerDigest", digest.toString())
                .put("layerAvailability", size.isPresent() ? "AVAILABLE" : "UNAVAILABLE");
        if (size.isPresent()) {
            json.put("layerSize", size.getAsLong()).put("mediaType", MediaType.DOCKER_LAYER_GZIP);
        }
        return json;
    }
}
