package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * {@code COPY [flags] SOURCE… DESTINATION}.
 *
 * @param from stage name, 0-based stage number, named context or image; never expanded
 * @param chown to be expanded
 * @param chmod to be expanded, then read by {@link dev.slipway.dockerfile.value.ModeChange}
 * @param excludes patterns as in .dockerignore; never expanded
 * @param destination to be expanded
 */
public record Copy(
        Origin origin,
        Optional<String> from,
        Optional<String> chown,
        Optional<String> chmod,
        boolean link,
        boolean parents,
        List<String> excludes,
        List<CopySource> sources,
        String destination)
        implements Instruction {
    public Copy {
        requireNonNull(origin, "origin is null");
        requireNonNull(from, "from is null");
        requireNonNull(chown, "chown is null");
        requireNonNull(chmod, "chmod is null");
        requireNonNull(destination, "destination is null");
        excludes = List.copyOf(excludes);
        sources = List.copyOf(sources);
    }

    @Override
    public String keyword() {
        return "COPY";
    }
}
