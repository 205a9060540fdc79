package dev.slipway.foundation.linux;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a full disk, or a user's exhausted share of one, looks like: the one place that knows. */
public final class DiskFull {
    private static final List<Integer> NUMBERS = List.of(Errno.ENOSPC, Errno.EDQUOT);

    private DiskFull() {}

    /** Whether the failure, or one that caused it, is the kernel's refusal to store more. */
    public static boolean causes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (is(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The JDK keeps no error number: what {@code strerror} says of it ends its messages. */
    private static boolean is(Throwable failure) {
        return switch (failure) {
            case LinuxException call -> call.is(Errno.ENOSPC, Errno.EDQUOT);
            case IOException io -> {
                String message = String.valueOf(io.getMessage());
                yield NUMBERS.stream().anyMatch(number -> message.endsWith(Errno.text(number)));
            }
            default -> false;
        };
    }

    /** Whether a line that a program wrote says so, in the words of the C library, whatever their case. */
    public static boolean isToldBy(String line) {
        String words = line.toLowerCase(Locale.ROOT);
        return words.contains("no space left on device") || words.contains("disk quota exceeded");
    }
}
