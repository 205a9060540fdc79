package dev.slipway.dockerfile.source;

import dev.slipway.foundation.error.InvalidInputException;

/**
 * What one source of ADD or COPY names, read from its text alone; nothing is looked up.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#add">Dockerfile reference, ADD</a>
 */
public sealed interface SourceReference permits LocalPath, HttpSource, GitReference {
    /**
     * Reads an expanded source of ADD or COPY.
     *
     * @throws InvalidInputException without a place, if the text is meant to be a URL or a git reference and is malformed
     */
    static SourceReference parse(String text) {
        return SourceReader.ofInstruction(text);
    }

    /**
     * Reads the address of a build context, which may be a repository without a scheme too: {@code github.com/OWNER/NAME}.
     *
     * @throws InvalidInputException as {@link #parse} does
     */
    static SourceReference ofContext(String text) {
        return SourceReader.ofContext(text);
    }

    /** The source for people, without credentials. */
    String display();

    /** Whether a server has to be asked for it. */
    default boolean isRemote() {
        return !(this instanceof LocalPath);
    }
}
