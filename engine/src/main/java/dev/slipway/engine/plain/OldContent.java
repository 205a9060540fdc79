package dev.slipway.engine.plain;

import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.MergedDirectory;
import java.util.Arrays;
import java.util.Optional;

/** The files of the layers that a tree was made of, to compare with. */
final class OldContent implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Tree tree;
    private final FdStreams streams = new FdStreams();
    private final byte[] ours = new byte[BUFFER];
    private final byte[] theirs = new byte[BUFFER];

    OldContent(Tree tree) {
        this.tree = tree;
    }

    /** Whether the layers have a file of that path with the same bytes as the one in the directory. */
    boolean isIn(ByteString path, Fd directory, ByteString name) {
        try (MergedDirectory root = MergedDirectory.open(tree.layers().reversed())) {
            Optional<Fd> there = find(root, path);
            if (there.isEmpty()) {
                return false;
            }
            try (Fd old = there.get();
                    Fd file = Nodes.openAt(directory, name, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING)) {
                return same(old, file);
            }
        }
    }

    private static Optional<Fd> find(MergedDirectory directory, ByteString path) {
        int slash = path.indexOf('/', 0);
        ByteString name = slash < 0 ? path : path.slice(0, slash);
        Optional<Stat> found = directory.find(name);
        if (slash < 0) {
            return found.filter(Stat::isRegular).map(_ -> directory.openFile(name));
        }
        if (found.isEmpty() || !found.get().isDirectory()) {
            return Optional.empty();
        }
        try (MergedDirectory inner = directory.enter(name)) {
            return find(inner, path.slice(slash + 1));
        }
    }

    private boolean same(Fd one, Fd other) {
        while (true) {
            int left = fill(one, ours);
            int right = fill(other, theirs);
            if (left != right || !Arrays.equals(ours, 0, left, theirs, 0, right)) {
                return false;
            }
            if (left < BUFFER) {
                return true;
            }
        }
    }

    private int fill(Fd file, byte[] buffer) {
        int done = 0;
        while (done < BUFFER) {
            int got = streams.read(file, buffer, done, BUFFER - done);
            if (got <= 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    @Override
    public void close() {
        streams.close();
    }
}
