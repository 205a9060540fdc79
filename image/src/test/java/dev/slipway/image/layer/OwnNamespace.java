package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.linux.Mounts;
import dev.slipway.foundation.linux.Processes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs work on a thread with mounts of its own, which end with it. Needs root, and says so. */
final class OwnNamespace {
    private OwnNamespace() {}

    interface Work {
        void run() throws Exception;
    }

    static void run(Work work) throws Exception {
        assertThat(Processes.effectiveUser()).as("tests that mount need root").isZero();
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            Mounts.leaveMountNamespace();
            work.run();
            return true;
        });
        Thread.ofPlatform().start(task).join();
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
