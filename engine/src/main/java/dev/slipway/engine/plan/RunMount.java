package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.instruction.Mount;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A mount of a RUN with everything resolved. Targets are absolute and clean; a secret or an agent that is optional and not
 * given has no mount.
 */
public sealed interface RunMount {
    /** Where it is seen. */
    String target();

    /**
     * Files of a context, a stage or an image.
     *
     * @param source a path within {@code from}
     * @param readOnly else writes are discarded
     */
    record Bind(FileSource from, String source, String target, boolean readOnly) implements RunMount {
        public Bind {
            requireNonNull(from, "from is null");
        }
    }

    /**
     * A directory that outlives the build.
     *
     * @param id with the namespace
     * @param source a path within the cache
     * @param from what a new cache starts with; absent for an empty directory
     */
    record Cache(
            String id,
            String source,
            String target,
            Optional<FileSource> from,
            boolean readOnly,
            Mount.Sharing sharing,
            OptionalInt mode,
            OptionalInt uid,
            OptionalInt gid)
            implements RunMount {
        public Cache {
            requireNonNull(from, "from is null");
            requireNonNull(sharing, "sharing is null");
        }
    }

    /** An empty file system in memory. */
    record Tmpfs(String target, OptionalLong sizeBytes) implements RunMount {}

    /** A secret as a file. */
    record SecretFile(String id, String target, int mode, int uid, int gid) implements RunMount {}

    /** The socket of an agent. */
    record Ssh(String id, String target, int mode, int uid, int gid) implements RunMount {}

    /** Whose files it shows. */
    default Optional<FileSource> files() {
        return switch (this) {
            case Bind bind -> Optional.of(bind.from());
            case Cache cache -> cache.from();
            case Tmpfs _, SecretFile _, Ssh _ -> Optional.empty();
        };
    }
}
