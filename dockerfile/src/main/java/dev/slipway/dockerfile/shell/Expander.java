package dev.slipway.dockerfile.shell;

import java.util.List;

/**
 * Expands variables in the text of instructions. Quotes and escapes are removed, except in heredocs. Every method is a
 * pure function; all throw {@link dev.slipway.foundation.error.InvalidInputException} without a place for text that
 * cannot be expanded, so that the caller adds the place of its instruction.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Dockerfile reference,
 *     environment replacement</a>
 */
public final class Expander {
    private static final char HEREDOC_ESCAPE = '\\';

    private final char escape;

    /** @param escape the escape character of the file */
    public Expander(char escape) {
        this.escape = escape;
    }

    /** Expands into one word; blanks stay, also those from variables. */
    public String expand(String raw, Variables variables) {
        return evaluate(raw, Mode.WORD, variables).text();
    }

    /** Expands, then splits at the blanks that are not quoted. */
    public List<String> expandWords(String raw, Variables variables) {
        return evaluate(raw, Mode.WORDS, variables).words();
    }

    /** Expands the body of a heredoc: quotes are plain text, the escape character is always a backslash. */
    public String expandHeredoc(String body, Variables variables) {
        return evaluate(body, Mode.HEREDOC, variables).text();
    }

    /** Expands and tells which names were looked up. */
    public Expansion evaluate(String raw, Mode mode, Variables variables) {
        return new Evaluation(raw, mode, mode == Mode.HEREDOC ? HEREDOC_ESCAPE : escape, variables).run();
    }

    /** How the text is read. */
    public enum Mode {
        WORD,
        WORDS,
        HEREDOC
    }
}
