package dev.slipway.dockerfile.stage;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the comment lines at the very top of a Dockerfile ask for.
 *
 * @param syntax the value of {@code # syntax=}
 * @param escape {@code \} or {@code `}
 * @param check the settings of {@code # check=}
 * @see <a href="https://docs.docker.com/reference/dockerfile/#parser-directives">Dockerfile reference, parser
 *     directives</a>
 */
public record Directives(Optional<String> syntax, char escape, Optional<CheckSettings> check) {
    public static final Directives NONE = new Directives(Optional.empty(), '\\', Optional.empty());

    public Directives {
        requireNonNull(syntax, "syntax is null");
        requireNonNull(check, "check is null");
        if (escape != '\\' && escape != '`') {
            throw new IllegalArgumentException("not an escape character: " + escape);
        }
    }
}
