package crooked.house.image;

import crooked.house.engine.Plan;

/** Imports what stands above it, which imports it: a wrong arrow and a cycle. */
public record Upward(Plan plan) {}
