package dev.slipway.cli.progress;

import static java.util.Objects.requireNonNull;

import dev.slipway.cli.report.Plain;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Progress as lines that are never taken back, for logs: each task gets a number when it starts, and every line about it
 * begins with that number. Thread-safe.
 */
public final class PlainProgress implements EventSink {
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(5);

    private final PrintStream err;
    private final LongSupplier nanoTime;
    private final Map<String, Task> tasks = new LinkedHashMap<>();

    /** @param nanoTime a clock for spans, e.g. {@link System#nanoTime} */
    public PlainProgress(PrintStream err, LongSupplier nanoTime) {
        this.err = requireNonNull(err, "err is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    @Override
    public synchronized void accept(Event event) {
        switch (event) {
            case Event.TaskStarted(String id, String title) -> say(task(id), Plain.text(title));
            case Event.TaskOutput(String id, String line) -> say(task(id), "| " + Plain.text(line));
            case Event.TaskProgress(String id, long done, long total) -> progress(task(id), done, total);
            case Event.TaskFinished finished -> say(task(finished.id()), ending(finished));
            case Event.Note(String text) -> err.println(Plain.text(text));
            case Event.Warning(var problem) -> err.println("warning: " + problem);
        }
    }

    private Task task(String id) {
        return tasks.computeIfAbsent(id, _ -> new Task(tasks.size() + 1));
    }

    private void say(Task task, String text) {
        task.lastLineNanos = nanoTime.getAsLong();
        err.println("#" + task.number + " " + text);
    }

    private void progress(Task task, long doneBytes, long totalBytes) {
        if (nanoTime.getAsLong() - task.lastLineNanos >= BETWEEN_PROGRESS.toNanos()) {
            say(task, Plain.size(doneBytes) + (totalBytes < 0 ? "" : " of " + Plain.size(totalBytes)));
        }
    }

    private static String ending(Event.TaskFinished finished) {
        String word = switch (finished.outcome()) {
            case DONE -> "done in ";
            case REUSED -> "reused in ";
            case FAILED -> "failed after ";
            case CANCELLED -> "cancelled after ";
        };
        String summary = finished.summary().isEmpty() ? "" : ": " + Plain.text(finished.summary());
        return word + Plain.duration(finished.took()) + summary;
    }

    /** A task that has been seen. */
    private static final class Task {
        private final int number;
        private long lastLineNanos;

        Task(int number) {
            this.number = number;
        }
    }
}
