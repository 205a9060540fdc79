package dev.slipway.engine.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Something that a process sees at a path of its tree and that is no part of the tree: nothing of it, and no place that had
 * to be made for it, is left there when the process has ended. How a sandbox shows it, by a mount or by a copy that it
 * removes again, is its own matter.
 *
 * <p>A process has its mounts in the order in which they are made: one whose target lies in another's comes after that.
 */
public sealed interface SandboxMount {
    /** Where it is seen: absolute, clean (no empty, {@code .} or {@code ..} part), not the root; symlinks of the tree are followed. */
    String target();

    /**
     * A directory or a file of this machine.
     *
     * @param source absolute, as the calling thread sees it; it is there, and its last name is no symlink
     * @param writes what becomes of what the process writes into it
     */
    record Bind(Path source, String target, Writes writes) implements SandboxMount {
        public Bind {
            requireNonNull(writes, "writes is null");
            requireAbsolute(source.toString());
            requireTarget(target);
        }
    }

    /**
     * An empty directory in memory, for this process alone; everybody may write into it.
     *
     * @param sizeBytes how much fits; absent for no limit of its own
     */
    record Tmpfs(String target, OptionalLong sizeBytes) implements SandboxMount {
        public Tmpfs {
            requireNonNull(sizeBytes, "sizeBytes is null");
            requireTarget(target);
        }
    }

    /**
     * A file that only this process sees and cannot change: a secret, a script. It never gets to a disk where the sandbox
     * can help it.
     *
     * @param mode of the file, at most 07777; it can be executed only if that says so
     */
    record ShownFile(Content content, String target, int mode, int uid, int gid) implements SandboxMount {
        public ShownFile {
            requireNonNull(content, "content is null");
            requireTarget(target);
        }
    }

    /**
     * A socket behind which an agent of this machine answers requests for signatures, and no others.
     *
     * @param agent the agent's own socket, absolute
     * @param mode of the socket that the process sees
     */
    record AgentSocket(Path agent, String target, int mode, int uid, int gid) implements SandboxMount {
        public AgentSocket {
            requireAbsolute(agent.toString());
            requireTarget(target);
        }
    }

    /** What becomes of what a process writes into a {@link Bind}. */
    enum Writes {
        /** It cannot write. */
        REFUSED,
        /** It can, and nobody else ever sees it. */
        DISCARDED,
        /** They go to the source. */
        KEPT
    }

    /** What a file holds; says nothing of itself. */
    @FunctionalInterface
    interface Content {
        /** Writes all of it; can be called again. */
        void writeTo(OutputStream out) throws IOException;

        static Content of(String text) {
            return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void requireTarget(String target) {
        requireAbsolute(target);
        if (target.equals("/")) {
            throw new IllegalArgumentException("nothing can take the place of the root");
        }
    }

    private static void requireAbsolute(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
    }
}
