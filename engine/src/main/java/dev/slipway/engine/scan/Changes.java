package dev.slipway.engine.scan;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Stat;

/**
 * Takes what a scan finds, in the order of the walk: a directory before what is in it. A name that is gone comes once,
 * without what was below it.
 */
public interface Changes {
    /**
     * A node that is new, or not as it was.
     *
     * @param path from the root
     * @param directory the open directory that it is in
     * @param name in that directory
     */
    void changed(ByteString path, Fd directory, ByteString name, Stat stat);

    /** A name that is gone; the directory that it was in is there. */
    void deleted(ByteString path);

    /**
     * Whether a file that was touched has the content that it had when the scan before looked at it.
     *
     * @param directory the open directory that it is in
     */
    boolean hasOldContent(ByteString path, Fd directory, ByteString name);
}
