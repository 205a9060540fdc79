package dev.slipway.dockerfile.value;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths without {@code .}, needless {@code ..} and repeated slashes; nothing is looked up.
 *
 * @see <a href="https://pkg.go.dev/path#Clean">Go, path.Clean</a>
 */
public final class CleanPath {
    private CleanPath() {}

    /** The shortest path that means the same; {@code .} for an empty one. */
    public static String of(String text) {
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
        String joined = String.join("/", parts);
        if (rooted) {
            return "/" + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }

    /** The last component; empty for a path of nothing but slashes. */
    public static String baseName(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }
}
