package dev.slipway.cli;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file that the user asked for. */
final class OutputFile {
    private OutputFile() {}

    /** @throws MachineException if it cannot be written */
    static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new MachineException(
                    Problem.of("write the file", e.toString()).at(file.toString()), e);
        }
    }
}
