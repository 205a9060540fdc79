package dev.slipway.step.connector;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a file that holds a secret. */
@FunctionalInterface
public interface SecretReader {
    byte[] read(Path file) throws IOException;
}
