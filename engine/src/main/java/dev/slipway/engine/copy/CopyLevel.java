package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * A directory on the way from where a copy began to where it is, in the source and in the destination. Of a deep way,
 * only the innermost levels are open; a level that was closed is opened again by the names that lead to it. In the
 * destination, a directory is made only when something is put into it, so that excluded directories appear only where
 * something below them is taken back.
 */
final class CopyLevel implements AutoCloseable {
    private static final int MOST_OPEN = 100;
    private static final int NEW_DIRECTORY_MODE = 0700;

    private final Optional<CopyLevel> parent;
    private final int depth;
    private final ByteString name;
    private final String path;
    private final Optional<Stat> stat;
    private final Iterator<ByteString> names;
    private Optional<Fd> source = Optional.empty();
    private Optional<Fd> target = Optional.empty();
    private boolean reached;
    private boolean made;

    /** Where a copy begins; the directories stay open, and are the caller's. */
    CopyLevel(Fd source, Fd target) {
        this.parent = Optional.empty();
        this.depth = 0;
        this.name = ByteString.EMPTY;
        this.path = "";
        this.stat = Optional.empty();
        this.source = Optional.of(source);
        this.target = Optional.of(target);
        this.reached = true;
        this.names = DirectoryListing.of(source).iterator();
    }

    /** @param stat of the directory in the source */
    CopyLevel(CopyLevel parent, ByteString name, String path, Stat stat) {
        this.parent = Optional.of(parent);
        this.depth = parent.depth + 1;
        this.name = name;
        this.path = path;
        this.stat = Optional.of(stat);
        this.names = DirectoryListing.of(source()).iterator();
    }

    /** Relative to where the copy began. */
    String path() {
        return path;
    }

    /** Of the directory in the source; empty where the copy began. */
    Optional<Stat> stat() {
        return stat;
    }

    /** The names in the source that are still to be copied. */
    Iterator<ByteString> names() {
        return names;
    }

    /** Whether the directory is there in the destination, by this copy or from before. */
    boolean isReached() {
        return reached;
    }

    /** Whether this copy has made it. */
    boolean isMade() {
        return made;
    }

    Fd source() {
        for (CopyLevel level : closedWay(true)) {
            level.source =
                    Optional.of(SourceNodes.openDirectory(level.above().source.orElseThrow(), level.name));
            level.restFar();
        }
        return source.orElseThrow();
    }

    /** The open directory in the destination; makes it and those above it where they are missing. */
    Fd target() {
        for (CopyLevel level : closedWay(false)) {
            Fd above = level.above().target.orElseThrow();
            if (!level.reached) {
                level.make(above);
            }
            level.target = Optional.of(level.open(above));
            level.restFar();
        }
        return target.orElseThrow();
    }

    /** From the outermost level that is closed to this one. */
    private Deque<CopyLevel> closedWay(boolean ofSource) {
        Deque<CopyLevel> closed = new ArrayDeque<>();
        CopyLevel at = this;
        while ((ofSource ? at.source : at.target).isEmpty()) {
            closed.push(at);
            at = at.above();
        }
        return closed;
    }

    private void make(Fd above) {
        Optional<Stat> there = Nodes.find(above, name);
        if (there.isPresent() && !there.get().isDirectory()) {
            throw new BuildFailedException(Problem.of("cannot copy to non-directory: " + path));
        }
        if (there.isEmpty()) {
            Nodes.makeDirectory(above, name, NEW_DIRECTORY_MODE);
            made = true;
        }
        reached = true;
    }

    private Fd open(Fd above) {
        return Nodes.openAt(above, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
    }

    private CopyLevel above() {
        return parent.orElseThrow();
    }

    /** Closes the level that this one is too far from. */
    private void restFar() {
        CopyLevel far = this;
        for (int i = 0; i < MOST_OPEN; i++) {
            if (far.parent.isEmpty()) {
                return;
            }
            far = far.above();
        }
        far.close();
    }

    @Override
    public void close() {
        if (parent.isPresent()) {
            source.ifPresent(Fd::close);
            target.ifPresent(Fd::close);
            source = Optional.empty();
            target = Optional.empty();
        }
    }
}
