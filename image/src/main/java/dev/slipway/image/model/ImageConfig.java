package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image's configuration.
 *
 * @param author empty where there is none
 * @param diffIds digests of the uncompressed layers, base first
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md">image-spec, config</a>
 */
public record ImageConfig(
        Optional<Instant> created,
        String author,
        Platform platform,
        ContainerConfig config,
        List<Digest> diffIds,
        List<History> history) {
    public ImageConfig {
        requireNonNull(created, "created is null");
        requireNonNull(author, "author is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(config, "config is null");
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }
}
