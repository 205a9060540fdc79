package dev.slipway.foundation.event;

import dev.slipway.foundation.error.Problem;
import java.time.Duration;

/**
 * Something that happened. A task is any piece of work that a user may want to watch; its id is unique within one
 * command and ties its events together.
 */
public sealed interface Event {
    /** @param title one line for people, e.g. {@code "[build 2/4] RUN make"} */
    record TaskStarted(String id, String title) implements Event {}

    /** A line that the task wrote. */
    record TaskOutput(String id, String line) implements Event {}

    /**
     * @param doneBytes bytes done so far
     * @param totalBytes bytes to do, -1 where unknown
     */
    record TaskProgress(String id, long doneBytes, long totalBytes) implements Event {}

    /** @param summary what came out of it, e.g. {@code "12 files, 3.1 MB"}; may be empty */
    record TaskFinished(String id, Outcome outcome, Duration took, String summary) implements Event {}

    /** A fact worth a line. */
    record Note(String text) implements Event {}

    /** Something that is not an error, and that the user should know. */
    record Warning(Problem problem) implements Event {}

    /** How a task ended. */
    enum Outcome {
        DONE,
        REUSED,
        FAILED,
        CANCELLED
    }
}
