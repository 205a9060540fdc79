package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A tar that is a build context, plain or compressed as ADD knows it. It is read once from front to back, so that it may
 * come through a pipe; what it holds is root's, as all that comes from a context.
 */
public final class ContextArchive {
    private static final int LONGEST_HEADER = 512;

    private final InputStream stream;
    private final byte[] head;

    private ContextArchive(InputStream stream, byte[] head) {
        this.stream = stream;
        this.head = head;
    }

    /**
     * Reads the beginning.
     *
     * @param stream closed when it has been unpacked
     * @throws IOException if it cannot be read
     */
    public static ContextArchive begin(InputStream stream) throws IOException {
        return new ContextArchive(stream, stream.readNBytes(LONGEST_HEADER));
    }

    /** Whether the stream begins as a tar or as something compressed, as Docker tells it. */
    public boolean isArchive() {
        return ArchiveFormat.isCompressed(head) || ArchiveFormat.isTarHeader(head);
    }

    /** All of the stream, be it an archive or not. */
    public InputStream all() {
        return new SequenceInputStream(new ByteArrayInputStream(head), stream);
    }

    /**
     * Unpacks it; no name leads out of the directory.
     *
     * @param name for errors
     * @return the time of the newest file
     * @throws InvalidInputException if the archive is broken, or its names lead out of it
     */
    public Optional<Instant> unpack(String name, Path directory) {
        try (Fd target = Nodes.openDirectory(directory)) {
            return ArchiveExtraction.extract(all(), ByteString.of(name), target, Optional.of(Ownership.ROOT));
        } catch (BuildFailedException e) {
            Problem problem = e.problems().getFirst();
            throw new InvalidInputException(new Problem(
                    name, "the build context cannot be unpacked", problem.what() + ": " + problem.why(), ""));
        }
    }
}
