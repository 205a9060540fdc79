package dev.slipway.engine.context;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.nio.file.Path;

/** Where the Dockerfile is. */
public sealed interface DockerfilePlace {
    /** A file of this machine, in the context or not; absolute. */
    record OfMachine(Path file) implements DockerfilePlace {
        public OfMachine {
            if (!file.isAbsolute()) {
                throw new IllegalArgumentException("paths of a build request are absolute");
            }
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A path within the context, which is not a directory of this machine. */
    record InContext(String path) implements DockerfilePlace {
        /** Where it is looked for unless somebody says otherwise. */
        public static final InContext USUAL = new InContext("Dockerfile");

        public InContext {
            requireNonNull(path, "path is null");
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * What somebody sends.
     *
     * @param stream read once, and not closed
     */
    record StandardInput(InputStream stream) implements DockerfilePlace {
        public StandardInput {
            requireNonNull(stream, "stream is null");
        }

        @Override
        public String toString() {
            return "standard input";
        }
    }
}
