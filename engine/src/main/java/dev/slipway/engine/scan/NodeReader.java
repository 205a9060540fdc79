package dev.slipway.engine.scan;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.Attributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Takes the state of a node. */
final class NodeReader implements AutoCloseable {
    private final boolean readsContent;
    private final MessageDigest digest = sha256();
    private final FdStreams streams = new FdStreams();
    private final byte[] buffer = new byte[64 * 1024];

    /** @param readsContent whether regular files are read and digested */
    NodeReader(boolean readsContent) {
        this.readsContent = readsContent;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    NodeState read(ByteString path, Fd directory, ByteString name, Stat stat) {
        boolean regular = stat.isRegular();
        return new NodeState(
                path,
                stat.type(),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                regular ? stat.size() : 0,
                stat.links(),
                stat.inode(),
                stat.device(),
                stat.modified(),
                stat.changed(),
                xattrs(directory, name),
                content(directory, name, stat.type()));
    }

    private ByteString xattrs(Fd directory, ByteString name) {
        boolean any = false;
        digest.reset();
        for (ByteString attribute : Xattrs.list(directory, name)) {
            if (Attributes.isKept(attribute)) {
                any = true;
                byte[] value = Xattrs.get(directory, name, attribute).orElse(new byte[0]);
                // Lengths keep names and values apart.
                digest.update((attribute.length() + " " + value.length + " ").getBytes(StandardCharsets.US_ASCII));
                digest.update(attribute.toBytes());
                digest.update(value);
            }
        }
        return any ? ByteString.of(digest.digest()) : ByteString.EMPTY;
    }

    private ByteString content(Fd directory, ByteString name, FileType type) {
        if (type == FileType.SYMLINK) {
            return Nodes.readLink(directory, name);
        }
        if (type != FileType.REGULAR || !readsContent) {
            return ByteString.EMPTY;
        }
        digest.reset();
        try (Fd file = Nodes.openAt(directory, name, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING)) {
            for (int got = streams.read(file, buffer, 0, buffer.length);
                    got > 0;
                    got = streams.read(file, buffer, 0, buffer.length)) {
                digest.update(buffer, 0, got);
            }
        }
        return ByteString.of(digest.digest());
    }

    @Override
    public void close() {
        streams.close();
    }
}
