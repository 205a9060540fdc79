package dev.slipway.step.run;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.step.model.CodebasePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The directory that a step's paths are in; none of them leaves it, not through symbolic links either.
 *
 * @param root real and absolute
 */
public record Codebase(Path root) {
    public Codebase {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("a codebase is an absolute path");
        }
    }

    /** @throws InvalidInputException if there is no such directory */
    public static Codebase at(Path directory) {
        Path real = real(directory, Problem.of("the codebase").at(directory.toString()));
        if (!Files.isDirectory(real)) {
            throw new InvalidInputException(
                    Problem.of("the codebase", "it is no directory").at(directory.toString()));
        }
        return new Codebase(real);
    }

    /** @throws InvalidInputException if it is no directory of the codebase */
    Path directory(CodebasePath path, String key) {
        Path real = inside(path, key);
        if (!Files.isDirectory(real)) {
            throw new InvalidInputException(problem(path, key).because("it is no directory"));
        }
        return real;
    }

    /** @throws InvalidInputException if it is no file of the codebase */
    Path file(CodebasePath path, String key) {
        Path real = inside(path, key);
        if (!Files.isRegularFile(real)) {
            throw new InvalidInputException(problem(path, key).because("it is no file"));
        }
        return real;
    }

    private Path inside(CodebasePath path, String key) {
        Path real = real(path.under(root), problem(path, key));
        if (!real.startsWith(root)) {
            throw new InvalidInputException(
                    problem(path, key).because("it leaves the codebase " + root + " through a symbolic link"));
        }
        return real;
    }

    private static Problem problem(CodebasePath path, String key) {
        return Problem.of("the " + key + " " + path).at(path.place());
    }

    private static Path real(Path path, Problem problem) {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(problem.because("there is no " + path));
        } catch (IOException e) {
            throw new MachineException(problem.because(String.valueOf(e.getMessage())), e);
        }
    }
}
