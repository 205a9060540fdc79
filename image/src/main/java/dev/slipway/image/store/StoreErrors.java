package dev.slipway.image.store;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.DiskFull;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The error about a full disk that a user can act on: it names path, need and free bytes. */
public final class StoreErrors {
    /** What to do about a full disk. */
    public static final String REMEDY = "free some space, or set SLIPWAY_HOME to a directory on a larger disk";

    private static final long MEBIBYTE = 1 << 20;

    private StoreErrors() {}

    /** Marks an error that names path, need and free bytes already; those who pass it on leave it as it is. */
    private static final class ToldException extends IOException {
        private static final long serialVersionUID = 1L;

        ToldException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * The exception to throw for one that came while {@code where} was written.
     *
     * @param neededBytes the least that has to be free for it; 0 where nobody knows
     * @return the exception as it came, if the disk is not full
     * @throws MachineException if the disk, or the user's share of it, is full
     */
    public static IOException writing(Path where, long neededBytes, IOException e) {
        throwIfFull(where, neededBytes, e);
        return e;
    }

    /** The same for what is not checked, be it a Linux call or an error that one caused. */
    public static RuntimeException writing(Path where, long neededBytes, RuntimeException e) {
        if (isTold(e)) {
            return e;
        }
        throwIfFull(where, neededBytes, e);
        return e;
    }

    private static boolean isTold(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ToldException) {
                return true;
            }
        }
        return false;
    }

    private static void throwIfFull(Path where, long neededBytes, Exception e) {
        if (DiskFull.causes(e)) {
            throw full(new Problem(where.toString(), "cannot write", "", REMEDY), where, neededBytes, e);
        }
    }

    /**
     * An error about a full disk; its reason ends with what is needed and what is free.
     *
     * @param problem what failed; its reason, if any, comes first
     * @param disk any path on the disk, be it there or not
     */
    public static MachineException full(Problem problem, Path disk, long neededBytes, Exception cause) {
        String first = problem.why().isEmpty() ? "no space left on the device or in the quota" : problem.why();
        return new MachineException(problem.because(first + ": " + room(disk, neededBytes)), new ToldException(cause));
    }

    /** What is needed and what is free, for a message. */
    private static String room(Path disk, long neededBytes) {
        StringBuilder text = new StringBuilder();
        if (neededBytes > 0) {
            text.append("at least ").append(neededBytes).append(" bytes are needed, ");
        }
        Optional<Mounts.Space> space = space(disk);
        space.ifPresentOrElse(
                found -> text.append(found.available()).append(" are free"),
                () -> text.append("how many are free is unknown"));
        if (space.isPresent() && space.get().available() > Math.max(neededBytes, MEBIBYTE)) {
            text.append(" (a quota may be exhausted, or the inodes)");
        }
        return text.toString();
    }

    /**
     * The least that has to be free for work that begins now, if the disk is full before the work ends: more than there is;
     * 0 where nobody knows.
     */
    public static long needIfFull(Path where) {
        return space(where).map(room -> room.available() + 1).orElse(0L);
    }

    /** The room where a path lies, or would lie. */
    public static Optional<Mounts.Space> space(Path where) {
        for (Path path = where.toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                try {
                    return Optional.of(Mounts.space(path));
                } catch (LinuxException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
