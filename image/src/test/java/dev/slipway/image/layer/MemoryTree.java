package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Stat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree in memory, written down as paths. */
final class MemoryTree implements TreeDirectory {
    private final SortedMap<ByteString, Node> nodes = new TreeMap<>();
    private static long inodes;

    private record Node(Stat stat, SortedMap<ByteString, ByteString> xattrs, ByteString link, MemoryTree inner) {}

    MemoryTree file(String path, long size) {
        return add(path, stat(FileType.REGULAR, 0644, size, 1, ++inodes, Device.NONE), ByteString.EMPTY);
    }

    /** Several names of one file. */
    MemoryTree hardlinked(String... paths) {
        long inode = ++inodes;
        for (String path : paths) {
            add(path, stat(FileType.REGULAR, 0644, 3, paths.length, inode, Device.NONE), ByteString.EMPTY);
        }
        return this;
    }

    MemoryTree directory(String path) {
        return directory(path, 0755);
    }

    MemoryTree directory(String path, int mode) {
        return add(path, stat(FileType.DIRECTORY, mode, 0, 2, ++inodes, Device.NONE), ByteString.EMPTY);
    }

    MemoryTree symlink(String path, String target) {
        return add(path, stat(FileType.SYMLINK, 0777, 0, 1, ++inodes, Device.NONE), ByteString.of(target));
    }

    MemoryTree special(String path, FileType type, Device device) {
        return add(path, stat(type, 0600, 0, 1, ++inodes, device), ByteString.EMPTY);
    }

    MemoryTree deleted(String path) {
        return special(path, FileType.CHARACTER_DEVICE, Device.NONE);
    }

    MemoryTree xattr(String path, String name, String value) {
        MemoryTree parent = parent(path);
        parent.require(name(path)).xattrs().put(ByteString.of(name), ByteString.of(value));
        return this;
    }

    MemoryTree opaque(String path) {
        return xattr(path, "trusted.overlay.opaque", "y");
    }

    MemoryTree modified(String path, FileTime time) {
        MemoryTree parent = parent(path);
        Node node = parent.require(name(path));
        Stat old = node.stat();
        Stat stat = new Stat(
                old.type(),
                old.mode(),
                old.uid(),
                old.gid(),
                old.size(),
                old.blocks(),
                old.links(),
                old.inode(),
                old.device(),
                old.fileSystem(),
                old.accessed(),
                time,
                old.changed());
        parent.nodes.put(name(path), new Node(stat, node.xattrs(), node.link(), node.inner()));
        return this;
    }

    private static Stat stat(FileType type, int mode, long size, int links, long inode, Device device) {
        FileTime time = FileTime.ofSeconds(1000);
        return new Stat(type, mode, 0, 0, size, 0, links, inode, device, Device.NONE, time, time, time);
    }

    private MemoryTree add(String path, Stat stat, ByteString link) {
        parent(path).nodes.put(name(path), new Node(stat, new TreeMap<>(), link, new MemoryTree()));
        return this;
    }

    private MemoryTree parent(String path) {
        MemoryTree at = this;
        for (ByteString part : LayerPaths.split(LayerPaths.parent(ByteString.of(path)))) {
            at = at.require(part).inner();
        }
        return at;
    }

    private static ByteString name(String path) {
        return LayerPaths.name(ByteString.of(path));
    }

    private Node require(ByteString name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("not here: " + name);
        }
        return node;
    }

    @Override
    public List<ByteString> names() {
        return List.copyOf(nodes.keySet());
    }

    @Override
    public Optional<Stat> find(ByteString name) {
        return Optional.ofNullable(nodes.get(name)).map(Node::stat);
    }

    @Override
    public SortedMap<ByteString, ByteString> xattrs(ByteString name) {
        return Collections.unmodifiableSortedMap(require(name).xattrs());
    }

    @Override
    public ByteString linkTarget(ByteString name) {
        return require(name).link();
    }

    @Override
    public TreeDirectory enter(ByteString name) {
        return require(name).inner();
    }

    @Override
    public void close() {}
}
