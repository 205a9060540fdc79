package dev.slipway.localecr.model;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A manifest or index as it was pushed, with what ECR reads of it. The bytes are kept as they are: the digest is over
 * them.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md">image-spec, manifest</a>
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md">image-spec, index</a>
 */
public final class ManifestDocument {
    /** Bytes; the length limit of {@code imageManifest} in the API. */
    public static final int MAX_BYTES = 4_194_304;

    /** Not documented, but enforced: layers of one image. */
    public static final int MAX_LAYERS = 500;

    /** Bytes; ECR's quota for one layer, 52,000 MiB. Larger sizes are not believed, so that sums do not overflow. */
    private static final long MAX_LAYER = 52_000L << 20;

    private static final String INVALID_JSON = Texts.manifest("Invalid JSON syntax");

    private final byte[] bytes;
    private final Digest digest;
    private final JsonNode json;
    private final List<Reference> blobs;
    private final List<Reference> children;
    private final Optional<Reference> subject;

    /**
     * What a descriptor says.
     *
     * @param size bytes
     */
    public record Reference(String mediaType, Digest digest, long size) {}

    private ManifestDocument(byte[] bytes, JsonNode json) {
        this.bytes = bytes;
        this.json = json;
        this.digest = Digest.of(bytes);
        List<Reference> named = new ArrayList<>();
        if (!isIndex()) {
            named.add(reference(json.path("config")));
        }
        named.addAll(references(json.path("layers")));
        this.blobs = List.copyOf(named);
        this.children = references(json.path("manifests"));
        this.subject = json.has("subject") ? Optional.of(reference(json.path("subject"))) : Optional.empty();
    }

    /** @throws Refusal if ECR would not take the bytes as a manifest, whatever the repository holds */
    public static ManifestDocument parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw Reason.MANIFEST_REJECTED.refuse(
                    Texts.parameter("imageManifest", "Member must have length less than or equal to " + MAX_BYTES));
        }
        JsonNode json = read(bytes);
        String type = json.path("mediaType").stringValue("");
        if (!MediaType.isManifest(type) && !MediaType.isIndex(type)) {
            // ECR says so of a manifest without mediaType, too, though its JSON is fine
            throw Reason.MANIFEST_REJECTED.refuse(INVALID_JSON);
        }
        if (json.path("layers").size() > MAX_LAYERS) {
            throw Reason.MANIFEST_REJECTED.refuse(Texts.manifest("Limit on number of layers per image exceeded"));
        }
        return new ManifestDocument(bytes, json);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return digest;
    }

    public String mediaType() {
        return json.path("mediaType").stringValue("");
    }

    public boolean isIndex() {
        return MediaType.isIndex(mediaType());
    }

    /** The config and the layers, in this order; empty for an index. */
    public List<Reference> blobs() {
        return blobs;
    }

    /** The config's media type; empty for an index. */
    public String configMediaType() {
        return json.path("config").path("mediaType").stringValue("");
    }

    /** The entries of an index. */
    public List<Reference> children() {
        return children;
    }

    public Optional<Reference> subject() {
        return subject;
    }

    /** What kind of artifact this is: its own word for it, else its config's media type. */
    public String artifactType() {
        return json.path("artifactType").stringValue(configMediaType());
    }

    public Map<String, String> annotations() {
        Map<String, String> all = new LinkedHashMap<>();
        json.path("annotations")
                .properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().stringValue("")));
        return all;
    }

    /** Compressed bytes of all layers. */
    public long layersSize() {
        return blobs.stream().skip(1).mapToLong(Reference::size).sum();
    }

    /** The blobs without repetition. */
    public SequencedSet<Digest> blobDigests() {
        SequencedSet<Digest> all = new LinkedHashSet<>();
        blobs.forEach(blob -> all.add(blob.digest()));
        return all;
    }

    private static JsonNode read(byte[] bytes) {
        try {
            JsonNode json = JsonMapper.shared().readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // falls through: the client learns no more from ECR either
        }
        throw Reason.MANIFEST_REJECTED.refuse(INVALID_JSON);
    }

    private static List<Reference> references(JsonNode array) {
        if (!array.isMissingNode() && !array.isArray()) {
            throw Reason.MANIFEST_REJECTED.refuse(INVALID_JSON);
        }
        List<Reference> all = new ArrayList<>();
        array.forEach(node -> all.add(reference(node)));
        return List.copyOf(all);
    }

    private static Reference reference(JsonNode node) {
        String digest = node.path("digest").stringValue("");
        long size = node.path("size").longValue(-1);
        if (!Digest.isDigest(digest) || size < 0 || size > MAX_LAYER) {
            throw Reason.MANIFEST_REJECTED.refuse(INVALID_JSON);
        }
        return new Reference(node.path("mediaType").stringValue(""), Digest.parse(digest), size);
    }
}
