package dev.slipway.engine.plan;

/** What a stage starts from. */
public sealed interface Base {
    /** The empty tree. */
    record Scratch() implements Base {}

    /** The result of an earlier stage. */
    record OfStage(int index) implements Base {}

    /** An image of a registry. */
    record OfImage(ImageKey image) implements Base {}
}
