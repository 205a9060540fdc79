package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything about a tree that a layer can carry, as text by path: times in seconds, no sockets, no inode numbers. */
final class TreeDump {
    private final SortedMap<String, String> lines = new TreeMap<>();
    private final Map<String, String> firstNames = new HashMap<>();
    private final FdStreams streams;

    private TreeDump(FdStreams streams) {
        this.streams = streams;
    }

    static SortedMap<String, String> of(Path tree) throws IOException {
        try (Fd root = Nodes.openDirectory(tree);
                FdStreams streams = new FdStreams()) {
            TreeDump dump = new TreeDump(streams);
            dump.walk(root, "");
            return dump.lines;
        }
    }

    /** The lines that only one of the two has, for a message of readable length. */
    static String difference(SortedMap<String, String> expected, SortedMap<String, String> actual) {
        StringBuilder difference = new StringBuilder();
        TreeSet<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(actual.keySet());
        for (String path : paths) {
            String wanted = expected.getOrDefault(path, "nothing");
            String got = actual.getOrDefault(path, "nothing");
            if (!wanted.equals(got)) {
                difference.append(path + "\n  expected " + wanted + "\n  but got  " + got + "\n");
            }
        }
        return difference.toString();
    }

    private void walk(Fd directory, String prefix) throws IOException {
        for (ByteString name : DirectoryListing.of(directory)) {
            Stat stat = Nodes.stat(directory, name);
            String path = prefix + "/" + name;
            if (stat.type() == FileType.SOCKET) {
                continue;
            }
            lines.put(path, line(directory, name, stat, path));
            if (stat.isDirectory()) {
                try (Fd inner = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY)) {
                    walk(inner, path);
                }
            }
        }
    }

    private String line(Fd directory, ByteString name, Stat stat, String path) throws IOException {
        Attributes attributes = Attributes.of(stat, RawDirectory.xattrs(directory, name));
        StringBuilder line = new StringBuilder();
        line.append(stat.type()).append(' ').append(Integer.toOctalString(attributes.mode()));
        line.append(' ').append(attributes.uid()).append(':').append(attributes.gid());
        line.append(' ').append(attributes.modified().seconds()).append(' ').append(attributes.xattrs());
        if (!stat.isDirectory()) {
            line.append(" same as ")
                    .append(firstNames.computeIfAbsent(stat.fileSystem() + "/" + stat.inode(), key -> path));
        }
        switch (stat.type()) {
            case REGULAR -> line.append(' ').append(stat.size()).append(' ').append(content(directory, name));
            case SYMLINK -> line.append(" -> ").append(Nodes.readLink(directory, name));
            case CHARACTER_DEVICE, BLOCK_DEVICE -> line.append(' ').append(stat.device());
            default -> {}
        }
        return line.toString();
    }

    private String content(Fd directory, ByteString name) throws IOException {
        try (Fd file = Nodes.openAt(directory, name, 0)) {
            return Digest.of(streams.input(file).readAllBytes()).shortHex();
        }
    }
}
