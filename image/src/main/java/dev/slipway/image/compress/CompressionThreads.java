package dev.slipway.image.compress;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compress for all layers of the process: at most 4, at most one a processor. They are platform threads,
 * because they compute and do not wait, and end when idle.
 */
final class CompressionThreads {
    static final int COUNT = Math.min(4, Runtime.getRuntime().availableProcessors());

    private static final long IDLE_SECONDS = 5;

    private CompressionThreads() {}

    static ExecutorService pool() {
        return Holder.POOL;
    }

    private static final class Holder {
        static final ThreadPoolExecutor POOL = pool();

        private static ThreadPoolExecutor pool() {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    COUNT,
                    COUNT,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(), // bounded by the lanes of the layers that are being written
                    Thread.ofPlatform().daemon().name("compress-", 0).factory());
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }
}
