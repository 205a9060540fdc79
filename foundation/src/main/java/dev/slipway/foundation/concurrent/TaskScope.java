package dev.slipway.foundation.concurrent;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Owns a group of tasks on virtual threads: at most {@code limit} run at once, the first failure interrupts the others,
 * and none outlives {@link #close()}. Confined to the thread that opened it, except for the tasks themselves.
 */
public final class TaskScope implements AutoCloseable {
    private final Semaphore permits;
    private final List<Thread> threads = new ArrayList<>();
    private final Object lock = new Object();
    private @Nullable Throwable firstFailure;
    private boolean closed;

    public TaskScope(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit);
        }
        this.permits = new Semaphore(limit);
    }

    /** Starts a task; it waits for its turn on its own thread. The result is there after {@link #join()}. */
    public <T> Future<T> fork(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            permits.acquire();
            try {
                return work.call();
            } catch (Throwable failure) {
                failed(failure);
                throw failure;
            } finally {
                permits.release();
            }
        });
        Thread thread = Thread.ofVirtual().name(name).unstarted(task);
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the scope is closed");
            }
            threads.add(thread);
        }
        thread.start();
        if (failure() != null) {
            thread.interrupt();
        }
        return task;
    }

    /** Starts a task that has no result of its own; its failure is reported by {@link #join()} like any other. */
    public void start(String name, Runnable work) {
        Future<Boolean> task = fork(name, () -> {
            work.run();
            return true;
        });
        if (task.isCancelled()) {
            throw new CancelledException(Problem.of("interrupted"));
        }
    }

    /**
     * Waits for every task.
     *
     * @throws RuntimeException the first failure as it was thrown; checked ones are wrapped
     * @throws CancelledException if the waiting thread is interrupted; the tasks are interrupted, too
     */
    public void join() {
        try {
            awaitAll();
        } catch (InterruptedException e) {
            interruptAll();
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        }
        Throwable failure = failure();
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException(failure.toString(), failure);
        }
    }

    /** The value of a task after {@link #join()}. */
    public static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the task failed; join() reports why", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        }
    }

    /** Interrupts what still runs and waits for it to end. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        interruptAll();
        boolean interrupted = false;
        while (true) {
            try {
                awaitAll();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Throwable failure) {
        synchronized (lock) {
            if (firstFailure != null) {
                return;
            }
            firstFailure = failure;
        }
        interruptAll();
    }

    private @Nullable Throwable failure() {
        synchronized (lock) {
            return firstFailure;
        }
    }

    private void interruptAll() {
        for (Thread thread : started()) {
            if (thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
    }

    private void awaitAll() throws InterruptedException {
        int seen = 0;
        for (List<Thread> all = started(); seen < all.size(); all = started()) {
            for (; seen < all.size(); seen++) {
                all.get(seen).join();
            }
        }
    }

    private List<Thread> started() {
        synchronized (lock) {
            return List.copyOf(threads);
        }
    }
}
