package dev.slipway.image.json;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Manifests and indexes, between records and trees. A document that could be read as both a manifest and an index is
 * neither: two readers would see two images under one digest.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/security/advisories/GHSA-mc8v-mgrf-8f4m">
 *     GHSA-mc8v-mgrf-8f4m</a>
 */
final class ManifestJson {
    private static final long SCHEMA_VERSION = 2;

    private ManifestJson() {}

    static Manifest manifest(JsonNode root) {
        Fields fields = versioned(root);
        String mediaType = mediaType(fields, MediaType.OCI_MANIFEST);
        if (MediaType.isIndex(mediaType) || fields.has("manifests")) {
            throw new IllegalArgumentException("the document is an index, not a manifest, or would be both");
        }
        return new Manifest(
                mediaType,
                descriptor(fields.requiredObject("config")),
                fields.objects("layers").stream().map(ManifestJson::descriptor).toList(),
                fields.textMap("annotations"));
    }

    static Index index(JsonNode root) {
        Fields fields = versioned(root);
        String mediaType = mediaType(fields, MediaType.OCI_INDEX);
        if (MediaType.isManifest(mediaType) || fields.has("layers") || fields.has("config")) {
            throw new IllegalArgumentException("the document is a manifest, not an index, or would be both");
        }
        return new Index(
                mediaType,
                fields.objects("manifests").stream()
                        .map(ManifestJson::descriptor)
                        .toList(),
                fields.textMap("annotations"));
    }

    private static Fields versioned(JsonNode root) {
        Fields fields = Fields.of(root);
        if (!fields.has("schemaVersion")) {
            throw new IllegalArgumentException("'schemaVersion' is missing");
        }
        long version = fields.number("schemaVersion");
        if (version != SCHEMA_VERSION) {
            throw new IllegalArgumentException("'schemaVersion' is " + version + ", not 2");
        }
        return fields;
    }

    private static String mediaType(Fields fields, String otherwise) {
        String own = fields.text("mediaType");
        return own.isEmpty() ? otherwise : own;
    }

    private static Descriptor descriptor(Fields fields) {
        Optional<Platform> platform = fields.object("platform").map(Fields::platform);
        return new Descriptor(
                fields.requiredText("mediaType"),
                fields.digest("digest"),
                fields.requiredSize("size"),
                platform,
                fields.textMap("annotations"));
    }

    static ObjectNode tree(Manifest manifest) {
        ObjectNode root = header(manifest.mediaType());
        root.set("config", tree(manifest.config()));
        ArrayNode layers = root.putArray("layers");
        manifest.layers().forEach(layer -> layers.add(tree(layer)));
        annotations(root, manifest.annotations());
        return root;
    }

    static ObjectNode tree(Index index) {
        ObjectNode root = header(index.mediaType());
        ArrayNode manifests = root.putArray("manifests");
        index.manifests().forEach(manifest -> manifests.add(tree(manifest)));
        annotations(root, index.annotations());
        return root;
    }

    private static ObjectNode header(String mediaType) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("mediaType", mediaType);
        return root;
    }

    private static ObjectNode tree(Descriptor descriptor) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mediaType", descriptor.mediaType());
        node.put("digest", descriptor.digest().toString());
        node.put("size", descriptor.size());
        annotations(node, descriptor.annotations());
        descriptor.platform().ifPresent(platform -> {
            ObjectNode inner = node.putObject("platform");
            inner.put("architecture", platform.architecture());
            inner.put("os", platform.os());
            if (!platform.osVersion().isEmpty()) {
                inner.put("os.version", platform.osVersion());
            }
            if (!platform.variant().isEmpty()) {
                inner.put("variant", platform.variant());
            }
        });
        return node;
    }

    private static void annotations(ObjectNode node, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode inner = node.putObject("annotations");
            new TreeMap<>(annotations).forEach(inner::put);
        }
    }
}
