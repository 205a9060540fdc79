package dev.slipway.dockerfile.ignore;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths without {@code .}, {@code ..} and repeated slashes, relative to the root. */
final class CleanPath {
    private CleanPath() {}

    /** A path of nothing but slashes stays a slash, and matches nothing. */
    static String of(String text) {
        boolean rooted = text.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : text.split("/", -1)) {
            switch (part) {
                case "", "." -> {}
                case ".." -> {
                    if (!parts.isEmpty() && !parts.getLast().equals("..")) {
                        parts.removeLast();
                    } else if (!rooted) {
                        parts.addLast(part);
                    }
                }
                default -> parts.addLast(part);
            }
        }
        if (parts.isEmpty()) {
            return rooted ? "/" : ".";
        }
        return String.join("/", parts);
    }
}
