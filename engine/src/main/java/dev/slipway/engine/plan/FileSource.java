package dev.slipway.engine.plan;

/** Where COPY and ADD take files from. */
public sealed interface FileSource {
    /** The build context, without what {@code .dockerignore} leaves out. */
    record Context() implements FileSource {}

    /** The empty tree. */
    record Scratch() implements FileSource {}

    /** The tree that an earlier stage left. */
    record OfStage(int index) implements FileSource {}

    /** The tree of an image. */
    record OfImage(ImageKey image) implements FileSource {}
}
