package dev.slipway.engine.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside an image: slashes, lexical, never of this machine. */
public final class ImagePath {
    private ImagePath() {}

    /** Absolute paths stay as they are written; others are joined to the directory and cleaned. */
    public static String resolve(String directory, String path) {
        return path.startsWith("/") ? path : clean(directory + "/" + path);
    }

    /** Like {@link #resolve}, and a trailing slash or {@code /.} survives as a slash: it says that a directory is meant. */
    public static String destination(String directory, String path) {
        boolean isDirectory = path.isEmpty()
                || path.equals(".")
                || path.endsWith("/")
                || path.endsWith("/.")
                || path.equals("..")
                || path.endsWith("/..");
        String resolved = clean(path.startsWith("/") ? path : directory + "/" + path);
        return isDirectory && !resolved.equals("/") ? resolved + "/" : resolved;
    }

    /** An absolute path without empty, {@code .} and {@code ..} parts; nothing is above the root. */
    public static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
