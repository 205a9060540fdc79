package dev.slipway.cli;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small files that the user names. */
final class UserFile {
    private UserFile() {}

    /**
     * Reads a file whole.
     *
     * @param name as the user wrote it
     * @throws InvalidInputException if it is not there or cannot be read
     */
    static byte[] read(Path file, String name) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            throw new InvalidInputException(Problem.of("there is no such file").at(name));
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of("the file cannot be read", e.toString()).at(name));
        }
    }

    /** @throws MachineException if it cannot be written */
    static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new MachineException(
                    Problem.of("the file cannot be written", e.toString()).at(file.toString()), e);
        }
    }
}
