package dev.slipway.engine.solve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of an output, a bounded number of them. Thread-safe. */
final class LastLines {
    private static final int KEPT = 40;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
