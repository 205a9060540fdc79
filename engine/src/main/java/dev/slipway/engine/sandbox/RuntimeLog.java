package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code runc} says when it cannot do what it is asked for: one JSON object a line. It also says it to the command's
 * output, and its exit status is 1.
 *
 * @param message the first error
 */
record RuntimeLog(String message) {
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final JsonMapper JSON = new JsonMapper();

    /** The first error in the file, if there is one. */
    static Optional<RuntimeLog> firstError(Path file) throws IOException {
        try {
            for (String line : Files.readAllLines(file)) {
                Optional<RuntimeLog> error = error(line);
                if (error.isPresent()) {
                    return error;
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static Optional<RuntimeLog> error(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            return entry.path("level").asString("").equals("error")
                    ? Optional.of(new RuntimeLog(entry.path("msg").asString("")))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // cut off when the runtime was killed
        }
    }

    /**
     * The exit status that a shell would have given, if only the program could not be started: that is the image's fault,
     * not this machine's.
     */
    OptionalInt programStatus() {
        if (!message.contains("exec: ") && !message.contains("chdir to cwd")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                message.contains("not found") || message.contains("no such file") ? NOT_FOUND : NOT_EXECUTABLE);
    }
}
