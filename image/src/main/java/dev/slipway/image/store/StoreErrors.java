package dev.slipway.image.store;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a full disk looks like from inside, and the error that a user can act on. */
public final class StoreErrors {
    private static final String REMEDY =
            "free some space, for instance with 'slipway cache prune', or set SLIPWAY_HOME to"
                    + " a directory on a larger disk";

    private StoreErrors() {}

    /**
     * The exception to throw for one that came while {@code where} was written.
     *
     * @param neededBytes that were still to be written, as far as is known
     * @return the exception as it came, if the disk is not full
     * @throws MachineException if the disk, or the user's share of it, is full
     */
    public static IOException writing(Path where, long neededBytes, IOException e) {
        if (isFull(e)) {
            throw full(where, neededBytes, e);
        }
        return e;
    }

    /** The same for Linux calls. */
    public static LinuxException writing(Path where, LinuxException e) {
        if (e.is(Errno.ENOSPC, Errno.EDQUOT)) {
            throw full(where, 0, e);
        }
        return e;
    }

    private static boolean isFull(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null
                    && (message.contains(Errno.text(Errno.ENOSPC)) || message.contains(Errno.text(Errno.EDQUOT)))) {
                return true;
            }
        }
        return false;
    }

    private static MachineException full(Path where, long neededBytes, Exception e) {
        OptionalLong free = freeBytes(where);
        StringBuilder why = new StringBuilder("no space left on the device or in the quota");
        if (neededBytes > 0) {
            why.append(": ").append(neededBytes).append(" bytes are needed");
        }
        free.ifPresent(
                bytes -> why.append(neededBytes > 0 ? ", " : ": ").append(bytes).append(" are free"));
        if (free.isPresent() && free.getAsLong() > Math.max(neededBytes, 1 << 20)) {
            why.append(" (a quota may be exhausted, or the inodes)");
        }
        return new MachineException(new Problem(where.toString(), "cannot write", why.toString(), REMEDY), e);
    }

    private static OptionalLong freeBytes(Path where) {
        for (Path path = where.toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                try {
                    return OptionalLong.of(Files.getFileStore(path).getUsableSpace());
                } catch (IOException e) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }
}
