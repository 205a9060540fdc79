package dev.slipway.engine.snapshot;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A platform thread of its own for one piece of work: the kernel ends the processes that it starts with it, where they
 * have asked for that.
 */
public final class WorkThread {
    private WorkThread() {}

    /** Runs the work to its end, be the caller interrupted or not; an interrupt reaches the work. */
    public static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        boolean interrupted = join(Thread.ofPlatform().daemon().name("snapshot").start(task));
        try {
            return result(task);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new CancelledException(Problem.of("interrupted"), e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
