package dev.slipway.engine.scan;

import dev.slipway.foundation.linux.FileType;

/** What two states of one path say about it. A pure function of them and of the mode. */
enum Difference {
    /** The node is as it was. */
    NONE,
    /** All that a layer says of the file is as it was, but it has been touched: its content decides. */
    CONTENT_DECIDES,
    /** The node belongs into the layer. */
    CHANGED;

    /**
     * Compares.
     *
     * <p>Of a directory only what a layer says of it counts: its names are nodes of their own. A node with several names
     * counts as changed whenever it was touched, so that a layer has all of its names or none.
     */
    static Difference of(NodeState before, NodeState after, SnapshotMode mode) {
        if (before.type() != after.type()) {
            return CHANGED;
        }
        if (mode == SnapshotMode.TIME) {
            return before.modified().equals(after.modified()) ? NONE : CHANGED;
        }
        if (!isSaidAlike(before, after)) {
            return CHANGED;
        }
        if (after.isDirectory() || (isUntouched(before, after) && mode == SnapshotMode.REDO)) {
            return NONE;
        }
        if (before.links() > 1 || after.links() > 1) {
            return isUntouched(before, after) && before.content().equals(after.content()) ? NONE : CHANGED;
        }
        if (after.type() == FileType.REGULAR && mode == SnapshotMode.REDO) {
            return CONTENT_DECIDES;
        }
        return before.content().equals(after.content()) ? NONE : CHANGED;
    }

    private static boolean isSaidAlike(NodeState before, NodeState after) {
        return before.mode() == after.mode()
                && before.uid() == after.uid()
                && before.gid() == after.gid()
                && before.size() == after.size()
                && before.modified().equals(after.modified())
                && before.device().equals(after.device())
                && before.xattrs().equals(after.xattrs());
    }

    /** The kernel sets the time of change with every change, and no process can set it to another. */
    private static boolean isUntouched(NodeState before, NodeState after) {
        return before.inode() == after.inode()
                && before.changed().equals(after.changed())
                && before.links() == after.links();
    }
}
