package dev.slipway.engine.snapshot;

import dev.slipway.foundation.linux.Mounts;
import java.util.function.Supplier;

/**
 * A platform thread with a mount namespace and a working directory of its own, for one piece of work. A thread can leave
 * its namespace, but not come back: it is never used twice.
 */
final class MountThread {
    private MountThread() {}

    /** Runs the work to its end, be the caller interrupted or not; an interrupt reaches the work. */
    static <T> T call(Supplier<T> work) {
        return WorkThread.call(() -> {
            Mounts.leaveMountNamespace();
            return work.get();
        });
    }
}
