package dev.slipway.engine.context;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.engine.copy.IgnoreSelection;
import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory of this machine, read in place and never copied. What {@code .dockerignore} leaves out does not exist;
 * {@code <Dockerfile>.dockerignore} next to the Dockerfile takes the place of the one in the context's root.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore files</a>
 */
public record LocalContext(Path directory, IgnoreMatcher ignored) {
    private static final String IGNORE_FILE = ".dockerignore";

    /** @throws InvalidInputException if the directory is not there or its ignore file is malformed */
    public static LocalContext open(Path directory, Path dockerfile) {
        Path own = dockerfile.resolveSibling(dockerfile.getFileName() + IGNORE_FILE);
        return Files.isRegularFile(own) ? open(directory, read(own)) : open(directory);
    }

    /**
     * With the ignore file of the directory itself.
     *
     * @throws InvalidInputException as {@link #open(Path, Path)} does
     */
    public static LocalContext open(Path directory) {
        Path file = directory.resolve(IGNORE_FILE);
        return open(directory, Files.isRegularFile(file) ? read(file) : IgnoreMatcher.NOTHING);
    }

    private static LocalContext open(Path directory, IgnoreMatcher ignored) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(
                    Problem.of("the build context is not a directory").at(directory.toString()));
        }
        return new LocalContext(directory, ignored);
    }

    /** All of a directory, whatever ignore file it has. */
    static LocalContext whole(Path directory) {
        return new LocalContext(directory, IgnoreMatcher.NOTHING);
    }

    /** Opens the directory for one COPY. */
    public SourceRoot source() {
        return SourceRoot.open(directory, new IgnoreSelection(ignored), false);
    }

    private static IgnoreMatcher read(Path file) {
        try {
            return IgnoreMatcher.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new MachineException(
                    new Problem(file.toString(), "cannot read it", String.valueOf(e.getMessage()), ""), e);
        }
    }
}
