package dev.slipway.image.json;

import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the JSON of images. Reading takes what registries hold: fields that are unknown are passed over, those
 * that are optional may be missing or null. Writing is deterministic: the same value gives the same bytes.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/tree/v1.1.0">image-spec 1.1</a>
 */
public final class ImageJson {
    /** What registries store at most; see distribution-spec 1.1, pushing manifests. */
    public static final int MAX_MANIFEST_BYTES = 4 << 20;

    public static final int MAX_CONFIG_BYTES = 8 << 20;

    private static final int MAX_DEPTH = 100;
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    private ImageJson() {}

    /** @throws IllegalArgumentException saying what is wrong */
    public static Manifest readManifest(byte[] json) {
        return ManifestJson.manifest(object(json, MAX_MANIFEST_BYTES));
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static Index readIndex(byte[] json) {
        return ManifestJson.index(object(json, MAX_MANIFEST_BYTES));
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static ImageConfig readConfig(byte[] json) {
        return ConfigReader.read(object(json, MAX_CONFIG_BYTES));
    }

    /**
     * The media type of a manifest or index: what the document says of itself, else what the server said, else what its
     * fields make it.
     *
     * @param contentType of the answer it came in; may be empty and may have parameters
     * @throws IllegalArgumentException if the document is not JSON or can be neither
     */
    public static String mediaTypeOf(byte[] json, String contentType) {
        JsonNode root = object(json, MAX_MANIFEST_BYTES);
        String own = Fields.of(root).text("mediaType");
        if (!own.isEmpty()) {
            return own;
        }
        String said = contentType.split(";", 2)[0].strip();
        if (MediaType.isIndex(said) || MediaType.isManifest(said)) {
            return said;
        }
        if (root.path("manifests").isArray()) {
            return MediaType.OCI_INDEX;
        }
        if (root.path("config").isObject()) {
            return MediaType.OCI_MANIFEST;
        }
        if (!said.isEmpty()) {
            return said;
        }
        throw new IllegalArgumentException("the document has no media type and is neither a manifest nor an index");
    }

    public static byte[] writeManifest(Manifest manifest) {
        return bytes(ManifestJson.tree(manifest));
    }

    public static byte[] writeIndex(Index index) {
        return bytes(ManifestJson.tree(index));
    }

    public static byte[] writeConfig(ImageConfig config) {
        return bytes(ConfigWriter.tree(config));
    }

    private static byte[] bytes(JsonNode tree) {
        return JSON.writeValueAsBytes(tree);
    }

    private static JsonNode object(byte[] json, int maxBytes) {
        if (json.length > maxBytes) {
            throw new IllegalArgumentException(json.length + " bytes, more than the limit of " + maxBytes);
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return root;
    }
}
