package dev.slipway.engine.isolation;

/** What not every isolation can do. */
public enum Ability {
    /** Holding commands to limits of memory and processors. */
    LIMITS,
    /** Giving a command a network of its own. */
    OWN_NETWORK,
    /** Giving a command more privileges than others. */
    PRIVILEGES,
    /** Showing a tree as it was, at any time and without a copy of it. */
    VIEWS
}
