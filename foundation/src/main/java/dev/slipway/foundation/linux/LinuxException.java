package dev.slipway.foundation.linux;

import static java.util.Objects.requireNonNull;

/** A Linux call that failed. Whoever knows what the call was for turns it into an error that a user can act on. */
public sealed class LinuxException extends RuntimeException permits UnmappedOwnerException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final String path;
    private final int errno;

    /**
     * @param call the function, e.g. {@code mount}
     * @param path what it worked on; empty where there is no path
     * @param errno the error number, see {@link Errno}
     */
    public LinuxException(String call, String path, int errno) {
        super(call + (path.isEmpty() ? "" : " " + path) + ": " + Errno.text(errno) + " (errno " + errno + ")");
        this.call = requireNonNull(call, "call is null");
        this.path = requireNonNull(path, "path is null");
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public String path() {
        return path;
    }

    public int errno() {
        return errno;
    }

    /** Whether the error number is one of these. */
    public boolean is(int... numbers) {
        for (int number : numbers) {
            if (number == errno) {
                return true;
            }
        }
        return false;
    }
}
