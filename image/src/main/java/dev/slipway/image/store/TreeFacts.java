package dev.slipway.image.store;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What is known of an unpacked layer.
 *
 * @param nodes files, directories and everything else
 * @param diskBytes bytes that are allocated; a file of several names counts once
 */
record TreeFacts(long nodes, long diskBytes) {
    private static final int BLOCK = 512;

    static TreeFacts of(Path tree) {
        try (Fd root = Nodes.openDirectory(tree)) {
            Count count = new Count();
            count.add(root);
            return new TreeFacts(count.nodes, count.blocks * BLOCK);
        }
    }

    void writeTo(Path file) throws IOException {
        Files.writeString(file, "nodes " + nodes + "\nbytes " + diskBytes + "\n");
    }

    static TreeFacts read(Path file) throws IOException {
        String[] words = Files.readString(file).split("\\s+", -1);
        try {
            return new TreeFacts(Long.parseLong(words[1]), Long.parseLong(words[3]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    private static final class Count {
        private final Set<Long> linked = new HashSet<>();
        private long nodes;
        private long blocks;

        void add(Fd directory) {
            for (ByteString name : DirectoryListing.of(directory)) {
                Stat stat = Nodes.stat(directory, name);
                if (stat.links() < 2 || stat.isDirectory() || linked.add(stat.inode())) {
                    nodes++;
                    blocks += stat.blocks();
                }
                if (stat.isDirectory()) {
                    try (Fd child = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                        add(child);
                    }
                }
            }
        }
    }
}
