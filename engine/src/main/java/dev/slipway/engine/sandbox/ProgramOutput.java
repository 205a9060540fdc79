package dev.slipway.engine.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a program writes: a bounded beginning of its output, its errors line by line, and how long it has been silent. Reads
 * both to their ends on threads of their own.
 */
final class ProgramOutput {
    private static final int LONGEST_OUTPUT = 4 * 1024 * 1024;
    private static final int LONGEST_LINE = 4 * 1024;
    private static final int LINES_KEPT = 20;
    private static final int BUFFER = 8 * 1024;

    private final Sandbox.OutputSink errors;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private final Thread outputReader;
    private final Thread errorReader;
    private volatile long lastByte = System.nanoTime();

    private ProgramOutput(Process process, Sandbox.OutputSink errors) {
        this.errors = errors;
        this.outputReader = Thread.ofVirtual().name("output").start(() -> read(process.getInputStream(), this::keep));
        this.errorReader = Thread.ofVirtual().name("errors").start(() -> {
            read(process.getErrorStream(), this::split);
            flush(true);
        });
    }

    static ProgramOutput follow(Process process, Sandbox.OutputSink errors) {
        return new ProgramOutput(process, errors);
    }

    /** How long nothing has been written. */
    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastByte);
    }

    /** Waits until both outputs have ended, as they do with the last process that has them. */
    void awaitEnd() {
        boolean interrupted = false;
        for (Thread reader : List.of(outputReader, errorReader)) {
            while (reader.isAlive()) {
                try {
                    reader.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** After {@link #awaitEnd}. */
    String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** After {@link #awaitEnd}; oldest first. */
    List<String> lastErrors() {
        return List.copyOf(lastErrors);
    }

    private interface Taker {
        void take(byte[] buffer, int length);
    }

    private void read(InputStream stream, Taker taker) {
        byte[] buffer = new byte[BUFFER];
        try (stream) {
            for (int got = stream.read(buffer); got >= 0; got = stream.read(buffer)) {
                lastByte = System.nanoTime();
                taker.take(buffer, got);
            }
        } catch (IOException _) {
            // The process was ended, and its output with it.
        }
    }

    private void keep(byte[] buffer, int length) {
        output.write(buffer, 0, Math.min(length, LONGEST_OUTPUT - output.size()));
    }

    /** A line that ends in a carriage return is overwritten by the next one: progress, which is not told line by line. */
    private void split(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                flush(true);
            } else if (buffer[i] == '\r') {
                flush(false);
            } else if (line.size() < LONGEST_LINE) {
                line.write(buffer[i]);
            }
        }
    }

    private void flush(boolean told) {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (!told || text.isEmpty()) {
            return;
        }
        lastErrors.addLast(text);
        if (lastErrors.size() > LINES_KEPT) {
            lastErrors.removeFirst();
        }
        errors.line(text);
    }
}
