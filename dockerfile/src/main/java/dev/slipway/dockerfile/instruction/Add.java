package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * {@code ADD [flags] SOURCE… DESTINATION}.
 *
 * @param chown to be expanded
 * @param chmod to be expanded, then read by {@link dev.slipway.dockerfile.value.ModeChange}
 * @param excludes patterns as in .dockerignore; never expanded
 * @param checksum to be expanded
 * @param keepGitDir absent where the flag was not given: a git reference may say it too
 * @param unpack absent where the flag was not given: local archives are unpacked, remote ones are not
 * @param destination to be expanded
 */
public record Add(
        Origin origin,
        Optional<String> chown,
        Optional<String> chmod,
        boolean link,
        List<String> excludes,
        Optional<String> checksum,
        Optional<Boolean> keepGitDir,
        Optional<Boolean> unpack,
        List<CopySource> sources,
        String destination)
        implements Instruction {
    public Add {
        requireNonNull(origin, "origin is null");
        requireNonNull(chown, "chown is null");
        requireNonNull(chmod, "chmod is null");
        requireNonNull(checksum, "checksum is null");
        requireNonNull(keepGitDir, "keepGitDir is null");
        requireNonNull(unpack, "unpack is null");
        requireNonNull(destination, "destination is null");
        excludes = List.copyOf(excludes);
        sources = List.copyOf(sources);
    }

    @Override
    public String keyword() {
        return "ADD";
    }
}
