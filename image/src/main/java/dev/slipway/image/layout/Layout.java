package dev.slipway.image.layout;

import dev.slipway.image.model.Digest;
import java.nio.charset.StandardCharsets;

/** The fixed names of image-spec 1.1, image layout. */
final class Layout {
    static final String MARK = "oci-layout";
    static final String INDEX = "index.json";

    /** What {@code docker load} reads of an archive. */
    static final String DOCKER = "manifest.json";

    /** The tag, by which most tools find an image in a layout. */
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** The whole name, by which containerd and Docker import it. */
    static final String FULL_NAME = "io.containerd.image.name";

    private Layout() {}

    static byte[] mark() {
        return "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    }

    static String blob(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }
}
