package dev.slipway.engine.context;

import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads Dockerfiles, of which none is larger than 16 MiB. */
final class DockerfileText {
    private static final int MOST_BYTES = 16 << 20;
    private static final String USUAL = "Dockerfile";
    private static final String LOWER = "dockerfile";

    private DockerfileText() {}

    /** Where there is no {@code Dockerfile}, one in lower case is taken. */
    static byte[] ofMachine(Path file, String name) {
        Path lower = file.resolveSibling(LOWER);
        boolean takesLower = file.endsWith(USUAL) && !Files.exists(file) && Files.exists(lower);
        try (InputStream in = Files.newInputStream(takesLower ? lower : file)) {
            return bounded(in, name);
        } catch (NoSuchFileException e) {
            throw absent(name, "name it with --file, or in the step");
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of("cannot read the Dockerfile", String.valueOf(e)).at(name));
        }
    }

    /** Symlinks of a foreign tree end in it. */
    static byte[] inContext(LocalContext context, String path, String name) {
        try (SourceRoot root = context.source()) {
            Optional<byte[]> text = root.read(path, MOST_BYTES + 1);
            if (text.isEmpty() && path.equals(USUAL)) {
                text = root.read(LOWER, MOST_BYTES + 1);
            }
            return checked(text.orElseThrow(() -> absent(name, "name the one of the build context with --file")), name);
        }
    }

    static byte[] bounded(InputStream in, String name) throws IOException {
        return checked(in.readNBytes(MOST_BYTES + 1), name);
    }

    private static byte[] checked(byte[] text, String name) {
        if (text.length > MOST_BYTES) {
            throw new InvalidInputException(
                    Problem.of("the Dockerfile is larger than 16 MiB").at(name));
        }
        return text;
    }

    private static InvalidInputException absent(String name, String remedy) {
        return new InvalidInputException(
                Problem.of("there is no such Dockerfile").at(name).remedy(remedy));
    }
}
