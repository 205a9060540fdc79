package dev.slipway.engine.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines of at most 8 KiB, on a thread of its own. It reads to the end whatever the sink does: a process
 * must not wait for a reader that has gone.
 */
final class OutputLines implements Runnable {
    private static final int LONGEST = 8 * 1024;
    private static final int BUFFER = 8 * 1024;

    private final InputStream stream;
    private final Sandbox.OutputSink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Thread thread = Thread.ofPlatform().daemon().name("output").unstarted(this);
    private volatile @Nullable RuntimeException failure;

    private OutputLines(InputStream stream, Sandbox.OutputSink sink) {
        this.stream = stream;
        this.sink = sink;
    }

    static OutputLines follow(InputStream stream, Sandbox.OutputSink sink) {
        OutputLines lines = new OutputLines(stream, sink);
        lines.thread.start();
        return lines;
    }

    /** Follows both outputs of a process. They are told line by line: in one pipe, parts of lines would mix. */
    static List<OutputLines> follow(Process process, Sandbox.OutputSink sink) {
        ReentrantLock lock = new ReentrantLock();
        Sandbox.OutputSink oneAtATime = line -> {
            lock.lock();
            try {
                sink.line(line);
            } finally {
                lock.unlock();
            }
        };
        return List.of(follow(process.getInputStream(), oneAtATime), follow(process.getErrorStream(), oneAtATime));
    }

    /**
     * Waits until the stream has ended, which it does with the last process that writes to it.
     *
     * @throws RuntimeException what the sink threw
     */
    void join() throws InterruptedException {
        thread.join();
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER];
        try (stream) {
            for (int got = stream.read(buffer); got >= 0; got = stream.read(buffer)) {
                for (int i = 0; i < got; i++) {
                    take(buffer[i]);
                }
            }
        } catch (IOException e) {
            give("(the output broke off: " + e.getMessage() + ")");
        }
        if (line.size() > 0) {
            flush();
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            flush();
        } else {
            line.write(b);
            if (line.size() == LONGEST) {
                flush();
            }
        }
    }

    /** Of a line that was overwritten with carriage returns, as progress bars do, the last state is shown. */
    private void flush() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        String shown = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        give(shown.substring(shown.lastIndexOf('\r') + 1));
    }

    private void give(String text) {
        if (failure != null) {
            return;
        }
        try {
            sink.line(text);
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
