package dev.slipway.it.execution;

import dev.slipway.it.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image as others see it: its configuration as it was written, its tree as {@code umoci} unpacks it.
 *
 * @param tree by path as {@link Listing} quotes it
 */
record Built(JsonNode config, Map<String, Listing.Node> tree) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> OUTER = List.of("author", "architecture", "os", "variant", "os.version");

    /**
     * Unpacks an image of an OCI layout and takes the tree away again.
     *
     * @param directory a place that does not exist
     */
    static Built unpack(Path layout, String tag, JsonNode config, Path directory) throws IOException {
        Command.of("umoci", "raw", "unpack", "--image", layout + ":" + tag, directory.toString())
                .run()
                .mustSucceed();
        Built built = new Built(config, Listing.of(directory));
        Command.of("rm", "-rf", directory.toString()).run().mustSucceed();
        return built;
    }

    /** The configuration of an image in a layout, as its bytes have it. */
    static JsonNode config(Path layout, String tag) throws IOException {
        for (JsonNode entry :
                JSON.readTree(Files.readAllBytes(layout.resolve("index.json"))).path("manifests")) {
            if (entry.path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asString("")
                    .equals(tag)) {
                JsonNode manifest = blob(layout, entry.path("digest").asString());
                return blob(layout, manifest.path("config").path("digest").asString());
            }
        }
        throw new AssertionError(layout + " has no " + tag);
    }

    private static JsonNode blob(Path layout, String digest) throws IOException {
        return JSON.readTree(Files.readAllBytes(layout.resolve("blobs").resolve(digest.replace(':', '/'))));
    }

    /** Whether the image stands on that one. */
    boolean isOn(Built base) {
        return Listings.startsWith(diffIds(), base.diffIds());
    }

    private List<String> diffIds() {
        List<String> ids = new ArrayList<>();
        config.path("rootfs").path("diff_ids").forEach(id -> ids.add(id.asString()));
        return ids;
    }

    /** {@code + created_by} for a line with a layer, {@code - created_by} for one without; a line feed in it is {@code \\n}. */
    List<String> history() {
        List<String> lines = new ArrayList<>();
        config.path("history")
                .forEach(line -> lines.add((line.path("empty_layer").asBoolean(false) ? "- " : "+ ")
                        + line.path("created_by").asString("").replace("\n", "\\n")));
        return lines;
    }

    /** Every field that says something, by name. */
    Map<String, JsonNode> settings() {
        Map<String, JsonNode> settings = new TreeMap<>();
        config.path("config").properties().forEach(field -> put(settings, field.getKey(), field.getValue()));
        OUTER.forEach(name -> put(settings, name, config.path(name)));
        return settings;
    }

    private static void put(Map<String, JsonNode> settings, String name, JsonNode value) {
        if (name.equals("Labels") && value instanceof ObjectNode labels) {
            labels.remove("io.buildah.version"); // the base image has it from its maker
        }
        boolean empty = value.isMissingNode()
                || value.isNull()
                || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.asString().isEmpty())
                || (value.isBoolean() && !value.asBoolean());
        if (!empty) {
            settings.put(name, value);
        }
    }
}
