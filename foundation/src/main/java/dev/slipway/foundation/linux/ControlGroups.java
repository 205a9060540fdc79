package dev.slipway.foundation.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Control groups below {@code /slipway}, in every hierarchy of version 1 and in version 2. */
public final class ControlGroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "slipway";

    private ControlGroups() {}

    /** The path that names a group to an OCI runtime, e.g. {@code /slipway/<group>/<member>}. */
    public static String path(String group, String member) {
        return "/" + OURS + "/" + group + "/" + member;
    }

    /** Removes the group with its members, which have no process left, and the one above if it is empty then. */
    public static void remove(String group) {
        for (Path ours : hierarchies()) {
            Path directory = ours.resolve(group);
            children(directory).forEach(ControlGroups::removeEmpty);
            removeEmpty(directory);
            removeEmpty(ours);
        }
    }

    private static List<Path> hierarchies() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(ROOT.resolve(OURS))) {
            found.add(ROOT.resolve(OURS));
        }
        for (Path hierarchy : children(ROOT)) {
            if (Files.isDirectory(hierarchy.resolve(OURS)) && !Files.isSymbolicLink(hierarchy)) {
                found.add(hierarchy.resolve(OURS));
            }
        }
        return found;
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return List.of(); // not there, or not ours to see
        }
    }

    private static void removeEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            return;
        } catch (IOException e) {
            if (Files.isDirectory(directory) && children(directory).isEmpty() && e.getMessage() == null) {
                throw new UncheckedIOException("cannot remove " + directory, e);
            }
        }
    }
}
