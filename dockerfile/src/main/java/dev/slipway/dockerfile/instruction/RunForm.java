package dev.slipway.dockerfile.instruction;

/** What a RUN runs: a shell string, a program with its arguments, or heredocs. */
public sealed interface RunForm permits CommandLine, HeredocCommand {}
