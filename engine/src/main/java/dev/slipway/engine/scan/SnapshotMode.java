package dev.slipway.engine.scan;

/** How changes are found where no overlay shows them, as {@code --snapshot-mode} says it. */
public enum SnapshotMode {
    /** Content is compared. */
    FULL,
    /** All metadata is compared: ctime, inode, size, mode, owner, extended attributes, link target. */
    REDO,
    /** Modification times alone are compared, so that changes are lost. */
    TIME
}
