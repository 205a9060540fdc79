package dev.slipway.foundation.error;

import static java.util.Objects.requireNonNull;

/**
 * A place in a text file that a user can open: {@code file:line:column}.
 *
 * @param file the file as the user named it
 * @param line 1-based line; 0 where the whole file is meant
 * @param column 1-based column; 0 where the whole line is meant
 */
public record Place(String file, int line, int column) {
    public Place {
        requireNonNull(file, "file is null");
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("negative place: " + line + ":" + column);
        }
    }

    public static Place ofLine(String file, int line) {
        return new Place(file, line, 0);
    }

    public static Place ofFile(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
