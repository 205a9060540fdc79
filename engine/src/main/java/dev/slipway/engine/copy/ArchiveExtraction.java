package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.tukaani.xz.MemoryLimitException;

/**
 * Unpacks an archive into a directory of the tree, which is the root of everything in it: names and hard links begin there,
 * and symlinks that are there end in it. Files replace what is there, directories are merged with directories. Whiteout
 * names are ordinary names here. Confined to one thread.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives">Dockerfile reference, ADD</a>
 */
final class ArchiveExtraction {
    /** Of the directories that an archive implies. */
    static final int MADE_MODE = 0755;

    private static final ByteString SLASH = ByteString.of("/");
    private static final ByteString HERE = ByteString.of(".");
    private static final ByteString PARENT = ByteString.of("..");
    private static final int NEW_MODE = 0600;
    private static final int BUFFER = 64 * 1024;

    private final DestinationRoot root;
    private final Optional<Ownership> chown;
    private final FdStreams streams;
    private final SequencedMap<ByteString, TarEntry> directories = new LinkedHashMap<>();

    private Optional<Instant> newest = Optional.empty();

    private ArchiveExtraction(DestinationRoot root, Optional<Ownership> chown, FdStreams streams) {
        this.root = root;
        this.chown = chown;
        this.streams = streams;
    }

    /**
     * Unpacks the archive.
     *
     * @param name of the archive, for errors
     * @param chown who owns the entries; absent where the archive says it
     * @throws BuildFailedException without a place, if the archive is broken or its names lead out of it
     */
    static void extract(Fd archive, ByteString name, Fd directory, Optional<Ownership> chown) {
        archive.seek(0);
        try (FdStreams reading = new FdStreams()) {
            extract(reading.input(archive), name, directory, chown);
        }
    }

    /**
     * Unpacks an archive that is read once from front to back, and its stream closed.
     *
     * @return the time of its newest file
     */
    static Optional<Instant> extract(InputStream archive, ByteString name, Fd directory, Optional<Ownership> chown) {
        try (FdStreams writing = new FdStreams();
                InputStream plain = ArchiveFormat.plain(archive);
                DestinationRoot root = DestinationRoot.at(directory)) {
            TarReader reader = new TarReader(plain);
            ArchiveExtraction extraction = new ArchiveExtraction(root, chown, writing);
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancelledException(Problem.of("interrupted"));
                }
                extraction.entry(entry.get(), reader.content());
            }
            extraction.setTimes();
            return extraction.newest;
        } catch (MemoryLimitException e) {
            throw ArchiveFormat.tooMuchMemory(name);
        } catch (IOException e) {
            throw new BuildFailedException(Problem.of("cannot unpack '" + name + "'", String.valueOf(e.getMessage())));
        }
    }

    private void entry(TarEntry entry, InputStream content) throws IOException {
        ByteString path = path(entry.name());
        if (path.isEmpty()) {
            return; // the destination is not the archive's: it keeps its attributes
        }
        try (Fd parent = parent(path)) {
            ByteString name = baseName(path);
            if (entry.kind() == TarEntry.Kind.DIRECTORY) {
                directory(entry, parent, name);
                directories.put(path, entry);
            } else {
                TreeRemoval.remove(parent, name);
                leaf(entry, content, parent, name);
            }
        }
    }

    private void leaf(TarEntry entry, InputStream content, Fd parent, ByteString name) throws IOException {
        switch (entry.kind()) {
            case FILE -> file(entry, content, parent, name);
            case SYMLINK -> {
                Nodes.makeSymlink(entry.linkName(), parent, name);
                describe(parent, name, entry);
            }
            case HARDLINK -> hardlink(entry, parent, name);
            case CHARACTER_DEVICE -> node(FileType.CHARACTER_DEVICE, entry, parent, name);
            case BLOCK_DEVICE -> node(FileType.BLOCK_DEVICE, entry, parent, name);
            case FIFO -> node(FileType.FIFO, entry, parent, name);
            case DIRECTORY -> throw new IllegalStateException("directories are no leaves");
        }
    }

    /** A symlink is replaced, even one to a directory: only those on the way are followed. */
    private void directory(TarEntry entry, Fd parent, ByteString name) {
        Optional<Stat> there = Nodes.find(parent, name);
        if (there.isPresent() && !there.get().isDirectory()) {
            Nodes.unlink(parent, name);
        }
        if (there.filter(Stat::isDirectory).isEmpty()) {
            Nodes.makeDirectory(parent, name, 0700);
        }
        try (Fd directory = Nodes.openAt(parent, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            describe(directory, entry);
        }
    }

    private void file(TarEntry entry, InputStream content, Fd parent, ByteString name) throws IOException {
        try (Fd file = Nodes.openAt(parent, name, NEW_MODE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            byte[] buffer = new byte[BUFFER];
            for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
                streams.write(file, buffer, 0, got);
            }
            describe(file, entry);
            Nodes.changeTimes(file, entry.modified(), entry.modified());
            Instant time = Instant.ofEpochSecond(entry.modified().seconds());
            newest = newest.filter(time::isBefore).or(() -> Optional.of(time));
        }
    }

    private void node(FileType type, TarEntry entry, Fd parent, ByteString name) {
        Nodes.makeNode(parent, name, type, NEW_MODE, entry.device());
        describe(parent, name, entry);
    }

    /** The target may be what the tree had before; symlinks on the way to it are followed, it itself is not. */
    private void hardlink(TarEntry entry, Fd parent, ByteString name) {
        ByteString target = path(entry.linkName());
        try (Fd targetParent = parent(target)) {
            Nodes.makeHardlink(targetParent, target.isEmpty() ? HERE : baseName(target), parent, name);
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT, Errno.EPERM, Errno.EISDIR)) {
                throw e;
            }
            throw new BuildFailedException(Problem.of(
                    "the archive has a hard link to what is no file", entry.name() + " -> " + entry.linkName()));
        }
    }

    /** The owner first: changing it clears setuid bits and file capabilities. */
    private void describe(Fd node, TarEntry entry) {
        Ownership owner = ownerOf(entry);
        Nodes.changeOwner(node, owner.uid(), owner.gid());
        Nodes.changeMode(node, entry.mode());
        entry.xattrs().forEach((key, value) -> Xattrs.set(node, key, value.toBytes()));
    }

    private void describe(Fd parent, ByteString name, TarEntry entry) {
        Ownership owner = ownerOf(entry);
        Nodes.changeOwner(parent, name, owner.uid(), owner.gid());
        if (entry.kind() != TarEntry.Kind.SYMLINK) {
            Nodes.changeMode(parent, name, entry.mode());
        }
        Nodes.changeTimes(parent, name, entry.modified(), entry.modified());
    }

    /** Times of directories are set when nothing more is put into them. */
    private void setTimes() {
        directories.forEach((path, entry) -> {
            try (Fd parent = parent(path)) {
                ByteString name = baseName(path);
                if (Nodes.find(parent, name).filter(Stat::isDirectory).isPresent()) {
                    Nodes.changeTimes(parent, name, entry.modified(), entry.modified());
                }
            }
        });
    }

    private Fd parent(ByteString path) {
        return root.directory(path.slice(0, Math.max(path.lastIndexOf('/'), 0)), Ownership.ROOT, MADE_MODE);
    }

    private static ByteString baseName(ByteString path) {
        return path.slice(path.lastIndexOf('/') + 1);
    }

    private Ownership ownerOf(TarEntry entry) {
        return chown.orElse(new Ownership((int) entry.uid(), (int) entry.gid()));
    }

    /** Clean, from the directory that is unpacked into, with a slash in front; empty for that directory. */
    private static ByteString path(ByteString name) {
        Deque<ByteString> parts = new ArrayDeque<>();
        for (ByteString part : PathParts.of(name)) {
            if (part.equals(PARENT)) {
                if (parts.pollLast() == null) {
                    throw new BuildFailedException(
                            Problem.of("the archive has a name that leads out of it", name.toString()));
                }
            } else if (!part.equals(HERE)) {
                parts.addLast(part);
            }
        }
        ByteString path = ByteString.EMPTY;
        for (ByteString part : parts) {
            path = path.plus(SLASH).plus(part);
        }
        return path;
    }
}
