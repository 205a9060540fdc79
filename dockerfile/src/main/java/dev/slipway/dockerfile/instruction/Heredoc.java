package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A here-document.
 *
 * @param name the delimiter without its quotes; for COPY and ADD the name of the file
 * @param descriptor the number before {@code <<}, else 0
 * @param expands whether the delimiter was unquoted, so that COPY and ADD expand the body
 * @param stripsTabs whether it was written {@code <<-}
 * @param rawBody every line up to the terminator as it stands in the file, final line end included
 */
public record Heredoc(String name, int descriptor, boolean expands, boolean stripsTabs, String rawBody) {
    private static final Pattern LEADING_TABS = Pattern.compile("(?m)^\t+");

    public Heredoc {
        requireNonNull(name, "name is null");
        requireNonNull(rawBody, "rawBody is null");
    }

    /** The content: the raw body, without the leading tabs of its lines where {@code <<-} asked for that. */
    public String body() {
        return stripsTabs ? LEADING_TABS.matcher(rawBody).replaceAll("") : rawBody;
    }
}
