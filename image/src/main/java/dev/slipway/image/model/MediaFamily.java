package dev.slipway.image.model;

/** The two families of media types. An image's manifest, configuration and layers are of one family. */
public enum MediaFamily {
    OCI(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST, MediaType.OCI_CONFIG),
    DOCKER(MediaType.DOCKER_MANIFEST_LIST, MediaType.DOCKER_MANIFEST, MediaType.DOCKER_CONFIG);

    private final String index;
    private final String manifest;
    private final String config;

    MediaFamily(String index, String manifest, String config) {
        this.index = index;
        this.manifest = manifest;
        this.config = config;
    }

    public String index() {
        return index;
    }

    public String manifest() {
        return manifest;
    }

    public String config() {
        return config;
    }

    /** The family of a media type; what is not Docker's is OCI's. */
    public static MediaFamily of(String mediaType) {
        return mediaType.startsWith("application/vnd.docker.") ? DOCKER : OCI;
    }
}
