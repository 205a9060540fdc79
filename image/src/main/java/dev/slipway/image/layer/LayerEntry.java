package dev.slipway.image.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileType;

/**
 * One statement of a layer. Paths are relative to the root of the image, clean: no empty part, no {@code .} or
 * {@code ..}, no slash at either end; the empty path is the root itself.
 */
public sealed interface LayerEntry {
    ByteString path();

    /** A directory; where one is already, only its attributes change. */
    record Directory(ByteString path, Attributes attributes) implements LayerEntry {
        public Directory {
            requireNonNull(attributes, "attributes is null");
        }
    }

    /** @param size bytes of content */
    record RegularFile(ByteString path, Attributes attributes, long size) implements LayerEntry {
        public RegularFile {
            requireNamed(path);
            requireNonNull(attributes, "attributes is null");
        }
    }

    /** @param target as it stands in the link; any bytes */
    record Symlink(ByteString path, Attributes attributes, ByteString target) implements LayerEntry {
        public Symlink {
            requireNamed(path);
            requireNonNull(attributes, "attributes is null");
        }
    }

    /**
     * A further name of a node.
     *
     * @param attributes those of the node, repeated: some readers apply them again
     * @param target the path of an earlier entry, or of a node in a lower layer
     */
    record Hardlink(ByteString path, Attributes attributes, ByteString target) implements LayerEntry {
        public Hardlink {
            requireNamed(path);
            requireNamed(target);
        }
    }

    /** @param type character or block device */
    record DeviceNode(ByteString path, Attributes attributes, FileType type, Device device) implements LayerEntry {
        public DeviceNode {
            requireNamed(path);
            requireNonNull(device, "device is null");
            if (type != FileType.CHARACTER_DEVICE && type != FileType.BLOCK_DEVICE) {
                throw new IllegalArgumentException("not a device: " + type);
            }
        }
    }

    /** A named pipe. */
    record Fifo(ByteString path, Attributes attributes) implements LayerEntry {
        public Fifo {
            requireNamed(path);
        }
    }

    /** The lower layers' node of this path is gone; {@code path} is the node's, not that of its {@code .wh.} file. */
    record Whiteout(ByteString path) implements LayerEntry {
        public Whiteout {
            requireNamed(path);
        }
    }

    /** Everything that the lower layers have in this directory is gone. Read, never written by our diff. */
    record Opaque(ByteString path) implements LayerEntry {}

    private static void requireNamed(ByteString path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the root is a directory");
        }
    }
}
