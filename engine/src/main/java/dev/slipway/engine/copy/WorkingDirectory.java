package dev.slipway.engine.copy;

import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.Nodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What WORKDIR makes where a build has a time of its own: directories of that time. */
public final class WorkingDirectory {
    private WorkingDirectory() {}

    /**
     * Makes a directory and its missing parents; what is there stays as it is.
     *
     * @param path absolute and clean
     * @param time of what is made
     */
    public static void make(DestinationRoot destination, String path, Ownership owner, Instant time) {
        List<String> missing = missing(destination, path);
        CopyJob.makeDirectory(destination, path, owner);
        FileTime made = new FileTime(time.getEpochSecond(), time.getNano());
        for (String directory : missing.reversed()) {
            try (Fd opened = destination.directory(directory, owner, 0755)) {
                Nodes.changeTimes(opened, made, made);
            }
        }
    }

    /** The topmost first. */
    private static List<String> missing(DestinationRoot destination, String path) {
        List<String> missing = new ArrayList<>();
        int end = 0;
        while (end < path.length()) {
            int slash = path.indexOf('/', end + 1);
            end = slash < 0 ? path.length() : slash;
            if (destination.find(path.substring(0, end)).isEmpty()) {
                missing.add(path.substring(0, end));
            }
        }
        return missing;
    }
}
