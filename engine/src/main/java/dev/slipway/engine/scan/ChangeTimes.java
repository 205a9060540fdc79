package dev.slipway.engine.scan;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The kernel's times of change, as a file system keeps them. They come from a clock that ticks, mostly each 1 to 10 ms: two
 * changes within one tick have the same time. So a scan is done only when the clock has left the tick of the latest change
 * that it saw; every later change has another time then. Thread-safe.
 */
final class ChangeTimes {
    /** Coarser than any file system; further ahead than that only a clock that was set back leaves times. */
    private static final long FAR_SECONDS = 3;

    private static final int PAGE = 4096;

    private final Path directory;
    private final AtomicLong probes = new AtomicLong();

    /** @param directory on the file system that is asked about, empty, and nobody else's */
    ChangeTimes(Path directory) {
        this.directory = directory;
    }

    /**
     * Waits until a change would get a later time than this one. A time far ahead is not waited for: no change will get it
     * by chance.
     */
    void awaitAfter(FileTime latest) {
        ByteString name = ByteString.of("tick" + probes.incrementAndGet());
        try (Fd parent = Nodes.openDirectory(directory);
                Fd probe = Nodes.openAt(parent, name, 0600, OpenFlag.CREATE, OpenFlag.WRITE_ONLY)) {
            while (true) {
                Nodes.changeTimes(probe, FileTime.EPOCH, FileTime.EPOCH);
                FileTime now = Nodes.stat(probe).changed();
                if (now.compareTo(latest) > 0 || latest.seconds() - now.seconds() > FAR_SECONDS) {
                    break;
                }
                Thread.sleep(1);
            }
            Nodes.unlink(parent, name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        }
    }

    /**
     * Whether a file's time changes when a process writes to it through its memory. Disks do that, tmpfs does not: there
     * only the content tells.
     */
    boolean tellOfMappedWrites() {
        Path file = directory.resolve("mapped");
        try (Fd parent = Nodes.openDirectory(directory);
                Arena arena = Arena.ofConfined()) {
            Files.write(file, new byte[PAGE]);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MemorySegment page = channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE, arena);
                FileTime before = Nodes.stat(parent, ByteString.of("mapped")).changed();
                awaitAfter(before);
                page.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
                return !Nodes.stat(parent, ByteString.of("mapped")).changed().equals(before);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }
}
