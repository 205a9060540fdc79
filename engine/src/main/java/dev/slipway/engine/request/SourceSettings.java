package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What is built from.
 *
 * @param context directory that COPY and ADD read; absolute
 * @param dockerfile the Dockerfile, anywhere; absolute
 * @param dockerfileName the Dockerfile as the user named it, for messages
 */
public record SourceSettings(Path context, Path dockerfile, String dockerfileName) {
    public SourceSettings {
        requireNonNull(dockerfileName, "dockerfileName is null");
        if (!context.isAbsolute() || !dockerfile.isAbsolute()) {
            throw new IllegalArgumentException("paths of a build request are absolute");
        }
    }

    /** A directory with its own Dockerfile. */
    public static SourceSettings of(Path context) {
        return new SourceSettings(context, context.resolve("Dockerfile"), "Dockerfile");
    }
}
