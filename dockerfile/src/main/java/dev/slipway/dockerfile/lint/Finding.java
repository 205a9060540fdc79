package dev.slipway.dockerfile.lint;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Problem;

/**
 * What a check has found.
 *
 * @param message what is wrong here
 * @param source the line that the span is in, without its line end
 */
public record Finding(Rule rule, String message, Span span, String source) {
    public Finding {
        requireNonNull(rule, "rule is null");
        requireNonNull(message, "message is null");
        requireNonNull(span, "span is null");
        requireNonNull(source, "source is null");
    }

    /** One line, as a build shows it. */
    public String shortForm() {
        return rule + ": " + message + " (line " + span.line() + ")";
    }

    /** The same as a warning. */
    public Problem problem() {
        return Problem.of(shortForm());
    }
}
