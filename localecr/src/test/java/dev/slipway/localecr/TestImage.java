package dev.slipway.localecr;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** A small image or index for tests; its parts are written by hand, not by the code under test. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record TestImage(String mediaType, byte[] manifest, List<byte[]> blobs) {
    static TestImage of(String seed) {
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + seed
                        + "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] layer = gzip(("layer of " + seed).getBytes(StandardCharsets.UTF_8));
        return of(MediaType.OCI_CONFIG, config, List.of(layer), "");
    }

    /** @param more members of the manifest, each with a leading comma */
    static TestImage of(String configType, byte[] config, List<byte[]> layers, String more) {
        String descriptors = layers.stream()
                .map(layer -> descriptor(MediaType.OCI_LAYER_GZIP, layer))
                .collect(Collectors.joining(","));
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                + descriptor(configType, config) + ",\"layers\":[" + descriptors + "]" + more + "}";
        List<byte[]> blobs = IntStream.range(-1, layers.size())
                .mapToObj(i -> i < 0 ? config : layers.get(i))
                .toList();
        return new TestImage(MediaType.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8), blobs);
    }

    static TestImage index(List<TestImage> children) {
        String entries = children.stream()
                .map(child -> descriptor(child.mediaType(), child.manifest()))
                .collect(Collectors.joining(","));
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + entries + "]}";
        return new TestImage(MediaType.OCI_INDEX, manifest.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Digest digest() {
        return Digest.of(manifest);
    }

    static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.of(content) + "\",\"size\":"
                + content.length + "}";
    }
}
