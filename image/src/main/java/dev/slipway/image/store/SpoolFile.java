package dev.slipway.image.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the state directory that is written as its content comes. A full disk is a {@link
 * dev.slipway.foundation.error.MachineException}, not an {@code IOException}: trying again does not help. Not buffered.
 * Confined to one thread.
 */
public final class SpoolFile extends FilterOutputStream {
    private final Path file;
    private final long announced;
    private long size;

    private SpoolFile(Path file, long announced) throws IOException {
        super(Files.newOutputStream(file));
        this.file = file;
        this.announced = announced;
    }

    /**
     * Makes the file, or empties the one that is there.
     *
     * @param announced how many bytes will come; 0 or less where nobody knows
     */
    public static SpoolFile create(Path file, long announced) throws IOException {
        try {
            return new SpoolFile(file, announced);
        } catch (IOException e) {
            throw StoreErrors.writing(file, announced, e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
            size += length;
        } catch (IOException e) {
            throw StoreErrors.writing(file, Math.max(announced, size + length), e);
        }
    }
}
