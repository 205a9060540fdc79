package dev.slipway.engine.check;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One Dockerfile to check; paths are absolute.
 *
 * @param context directory that COPY and ADD would read; only its {@code .dockerignore} is looked at
 * @param dockerfileName the Dockerfile as the user named it
 * @param target checked with the stages it needs; all stages where absent
 */
public record CheckRequest(
        Path context,
        Path dockerfile,
        String dockerfileName,
        Optional<String> target,
        Map<String, String> buildArgs,
        Platform platform) {
    public CheckRequest {
        requireNonNull(dockerfileName, "dockerfileName is null");
        requireNonNull(target, "target is null");
        requireNonNull(platform, "platform is null");
        buildArgs = new LinkedHashMap<>(buildArgs);
        if (!context.isAbsolute() || !dockerfile.isAbsolute()) {
            throw new IllegalArgumentException("paths of a check are absolute");
        }
    }
}
