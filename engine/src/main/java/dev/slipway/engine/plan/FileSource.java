package dev.slipway.engine.plan;

/** Where COPY and ADD take files from. */
public sealed interface FileSource {
    /** The build context, without what {@code .dockerignore} leaves out. */
    record Context() implements FileSource {}

    /**
     * A named context that is no image: a directory, a repository, a file of a server.
     *
     * @param key of the context, see {@link NamedContexts}
     */
    record OfNamedContext(String key) implements FileSource {}

    /** The empty tree. */
    record Scratch() implements FileSource {}

    /** The tree that an earlier stage left. */
    record OfStage(int index) implements FileSource {}

    /** The tree of an image. */
    record OfImage(ImageKey image) implements FileSource {}
}
