package dev.slipway.dockerfile.shell;

/** One run over one text. */
record Evaluation(String raw, Expander.Mode mode, char escape, Variables variables) {
    @SuppressWarnings("DoNotCallSuggester")
    Expansion run() {
        throw new UnsupportedOperationException("expansion");
    }
}
