package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path in the codebase that, as it is written, does not leave it. Symbolic links are not looked at.
 *
 * @param text as written
 * @param place where it is written; the step itself where a default applies
 */
public record CodebasePath(String text, Place place) {
    public CodebasePath {
        requireNonNull(text, "text is null");
        requireNonNull(place, "place is null");
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException("it is a path in the codebase, not an address");
        }
        Path path = path(text);
        if (path.isAbsolute()) {
            throw new IllegalArgumentException("it is relative to the codebase and does not begin with '/'");
        }
        if (path.normalize().startsWith("..")) {
            throw new IllegalArgumentException("it leaves the codebase");
        }
    }

    /** The file or directory itself, below that absolute directory. */
    public Path under(Path codebase) {
        return codebase.resolve(path(text)).normalize();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
