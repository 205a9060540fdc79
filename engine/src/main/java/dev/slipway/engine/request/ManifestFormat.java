package dev.slipway.engine.request;

/** The manifest's media types. */
public enum ManifestFormat {
    /** Docker image manifest version 2, schema 2: every field of the config survives in every client. */
    DOCKER,
    /** OCI image manifest. */
    OCI
}
