package dev.slipway.image.layer;

/**
 * What went through.
 *
 * @param entries all of them
 * @param files regular files
 * @param whiteouts deletions, opaque marks among them
 * @param bytes of the files' content
 * @param skippedSockets nodes that a layer cannot hold
 */
public record LayerSummary(long entries, long files, long whiteouts, long bytes, long skippedSockets) {
    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return entries == 0;
    }

    static final class Counter {
        private long entries;
        private long files;
        private long whiteouts;
        private long bytes;
        private long sockets;

        void count(LayerEntry entry) {
            entries++;
            switch (entry) {
                case LayerEntry.RegularFile file -> {
                    files++;
                    bytes += file.size();
                }
                case LayerEntry.Whiteout ignored -> whiteouts++;
                case LayerEntry.Opaque ignored -> whiteouts++;
                case LayerEntry.Directory ignored -> {}
                case LayerEntry.Symlink ignored -> {}
                case LayerEntry.Hardlink ignored -> {}
                case LayerEntry.DeviceNode ignored -> {}
                case LayerEntry.Fifo ignored -> {}
            }
        }

        void countSockets(long skipped) {
            sockets += skipped;
        }

        long bytes() {
            return bytes;
        }

        LayerSummary summary() {
            return new LayerSummary(entries, files, whiteouts, bytes, sockets);
        }
    }
}
