package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A mount that a RUN asks for, with the defaults filled in. Targets are as written: a relative one counts from the
 * stage's working directory.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">Dockerfile reference, RUN --mount</a>
 */
public sealed interface Mount {
    /**
     * Files of the context, a stage or an image; writes are discarded.
     *
     * @param target empty for the working directory
     * @param source a path within {@code from}; {@code /} is all of it
     * @param from absent for the build context
     */
    record Bind(String target, String source, Optional<String> from, boolean readOnly) implements Mount {
        public Bind {
            requireNonNull(target, "target is null");
            requireNonNull(source, "source is null");
            requireNonNull(from, "from is null");
        }
    }

    /**
     * A directory that outlives the build.
     *
     * @param target empty for the working directory
     * @param source a path within the cache
     * @param from what a new cache starts with; absent for an empty directory
     * @param mode of a new cache; absent for 0755
     */
    record Cache(
            String id,
            String target,
            String source,
            Optional<String> from,
            boolean readOnly,
            Sharing sharing,
            OptionalInt mode,
            OptionalInt uid,
            OptionalInt gid)
            implements Mount {
        public Cache {
            requireNonNull(id, "id is null");
            requireNonNull(target, "target is null");
            requireNonNull(source, "source is null");
            requireNonNull(from, "from is null");
            requireNonNull(sharing, "sharing is null");
            requireNonNull(mode, "mode is null");
            requireNonNull(uid, "uid is null");
            requireNonNull(gid, "gid is null");
        }
    }

    /**
     * An empty file system in memory; no size means no limit.
     *
     * @param target empty for the working directory
     */
    record Tmpfs(String target, OptionalLong sizeBytes) implements Mount {
        public Tmpfs {
            requireNonNull(target, "target is null");
            requireNonNull(sizeBytes, "sizeBytes is null");
        }
    }

    /**
     * A secret as a file, as an environment variable, or both.
     *
     * @param target absent where only the variable is wanted
     */
    record Secret(
            String id, Optional<String> target, Optional<String> env, boolean required, int mode, int uid, int gid)
            implements Mount {
        public Secret {
            requireNonNull(id, "id is null");
            requireNonNull(target, "target is null");
            requireNonNull(env, "env is null");
        }
    }

    /**
     * The socket of an ssh agent.
     *
     * @param target absent for {@code /run/buildkit/ssh_agent.N}, N counting the ssh mounts of the RUN from 0
     */
    record Ssh(String id, Optional<String> target, boolean required, int mode, int uid, int gid) implements Mount {
        public Ssh {
            requireNonNull(id, "id is null");
            requireNonNull(target, "target is null");
        }
    }

    /** Who may use a cache at the same time. */
    enum Sharing {
        /** Everybody. */
        SHARED,
        /** A second user gets a new one. */
        PRIVATE,
        /** A second user waits. */
        LOCKED
    }
}
