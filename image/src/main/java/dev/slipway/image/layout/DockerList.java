package dev.slipway.image.layout;

import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.OutgoingImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code manifest.json} of Docker's image archives, version 1.2: what to load, by the names of files. Readers take
 * compressed layers.
 *
 * @see <a href="https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md#combined-image-json--filesystem-changeset-format">
 *     Docker image specification, combined format</a>
 */
final class DockerList {
    private static final JsonMapper JSON = new JsonMapper();

    private DockerList() {}

    /** Every image under the same names: a reader keeps the last one. */
    static byte[] of(Outgoing outgoing, List<ImageReference> names) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (OutgoingImage image : outgoing.images()) {
            ObjectNode entry = list.addObject();
            entry.put("Config", Layout.blob(image.configDescriptor().digest()));
            ArrayNode tags = entry.putArray("RepoTags");
            names.stream().filter(name -> name.tag().isPresent()).forEach(name -> tags.add(name.toString()));
            ArrayNode layers = entry.putArray("Layers");
            image.layers()
                    .forEach(layer -> layers.add(Layout.blob(layer.descriptor().digest())));
        }
        return JSON.writeValueAsString(list).getBytes(StandardCharsets.UTF_8);
    }
}
