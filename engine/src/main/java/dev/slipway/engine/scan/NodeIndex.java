package dev.slipway.engine.scan;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The states of a tree's nodes in a file, some 100 bytes each, in the order of a walk: a directory before what is in it,
 * names by their bytes. Both ways are streams, so that a tree of any number of files takes no memory.
 */
final class NodeIndex {
    private static final int BUFFER = 64 * 1024;

    private NodeIndex() {}

    /** The order of a walk: like that of the bytes, but a slash is lower than any other. */
    static int compare(ByteString one, ByteString other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            if (one.at(i) != other.at(i)) {
                return Integer.compare(rank(one.at(i)), rank(other.at(i)));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }

    /** Whether a path lies below another. */
    static boolean isBelow(ByteString path, ByteString directory) {
        return path.length() > directory.length() && path.startsWith(directory) && path.at(directory.length()) == '/';
    }

    /** Writes states, which come in the order of the walk. */
    static final class Writer implements AutoCloseable {
        private final DataOutputStream out;

        Writer(Path file) throws IOException {
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
        }

        void write(NodeState state) throws IOException {
            bytes(state.path());
            out.writeShort(state.type().bits());
            out.writeShort(state.mode());
            out.writeInt(state.uid());
            out.writeInt(state.gid());
            out.writeLong(state.size());
            out.writeInt(state.links());
            out.writeLong(state.inode());
            out.writeInt(state.device().major());
            out.writeInt(state.device().minor());
            time(state.modified());
            time(state.changed());
            bytes(state.xattrs());
            bytes(state.content());
        }

        private void time(FileTime time) throws IOException {
            out.writeLong(time.seconds());
            out.writeInt(time.nanos());
        }

        private void bytes(ByteString text) throws IOException {
            out.writeInt(text.length());
            out.write(text.toBytes());
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads them again. */
    static final class Reader implements AutoCloseable {
        private final DataInputStream in;

        Reader(Path file) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        /** The next state; empty at the end. */
        Optional<NodeState> next() throws IOException {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            return Optional.of(new NodeState(
                    ByteString.of(in.readNBytes(length)),
                    FileType.ofMode(in.readUnsignedShort()),
                    in.readUnsignedShort(),
                    in.readInt(),
                    in.readInt(),
                    in.readLong(),
                    in.readInt(),
                    in.readLong(),
                    new Device(in.readInt(), in.readInt()),
                    time(),
                    time(),
                    bytes(),
                    bytes()));
        }

        private FileTime time() throws IOException {
            return new FileTime(in.readLong(), in.readInt());
        }

        private ByteString bytes() throws IOException {
            return ByteString.of(in.readNBytes(in.readInt()));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
