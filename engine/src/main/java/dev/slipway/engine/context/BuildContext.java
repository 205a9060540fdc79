package dev.slipway.engine.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.source.SourceReference;
import java.io.InputStream;
import java.nio.file.Path;

/** Where the files of a build are. */
public sealed interface BuildContext {
    /** A directory of this machine, which is read in place; absolute. */
    record Directory(Path path) implements BuildContext {
        public Directory {
            requireAbsolute(path);
        }

        @Override
        public String display() {
            return path.toString();
        }
    }

    /** A tar, plain or compressed; absolute. */
    record Archive(Path file) implements BuildContext {
        public Archive {
            requireAbsolute(file);
        }

        @Override
        public String display() {
            return file.toString();
        }
    }

    /**
     * A tar that somebody sends, plain or compressed, or a Dockerfile alone.
     *
     * @param stream read once, and not closed
     */
    record StandardInput(InputStream stream) implements BuildContext {
        public StandardInput {
            requireNonNull(stream, "stream is null");
        }

        @Override
        public String display() {
            return "standard input";
        }
    }

    /** A repository, or a server's file: a tar, or a Dockerfile alone. */
    record Remote(SourceReference reference) implements BuildContext {
        public Remote {
            if (!reference.isRemote()) {
                throw new IllegalArgumentException(reference.display() + " is not remote");
            }
        }

        @Override
        public String display() {
            return reference.display();
        }
    }

    /** The context for people, without credentials. */
    String display();

    private static void requireAbsolute(Path path) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("paths of a build request are absolute");
        }
    }
}
