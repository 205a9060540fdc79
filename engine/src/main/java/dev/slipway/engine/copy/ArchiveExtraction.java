package dev.slipway.engine.copy;

import dev.slipway.engine.plan.ImagePath;
import dev.slipway.foundation.error.BuildFailedException;
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
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Unpacks an archive into a directory of the tree. Files replace files, directories are merged, symlinks that are there
 * are followed within the tree, and nothing is written outside it. Whiteout names are ordinary names here. Confined to
 * one thread.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives">Dockerfile reference, ADD</a>
 */
final class ArchiveExtraction {
    private static final int NEW_MODE = 0600;
    private static final int BUFFER = 64 * 1024;

    private final DestinationRoot destination;
    private final String prefix;
    private final Attributes attributes;
    private final FdStreams streams;
    private final SequencedMap<String, TarEntry> directories = new LinkedHashMap<>();

    private ArchiveExtraction(DestinationRoot destination, String prefix, Attributes attributes, FdStreams streams) {
        this.destination = destination;
        this.prefix = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        this.attributes = attributes;
        this.streams = streams;
    }

    /**
     * Unpacks the archive.
     *
     * @param name of the archive, for errors
     * @param directory absolute path of a directory that is there
     */
    static void extract(
            Fd archive, ByteString name, DestinationRoot destination, String directory, Attributes attributes) {
        archive.seek(0);
        try (FdStreams reading = new FdStreams();
                FdStreams writing = new FdStreams();
                InputStream plain = ArchiveFormat.plain(reading, archive)) {
            TarReader reader = new TarReader(plain);
            ArchiveExtraction extraction = new ArchiveExtraction(destination, directory, attributes, writing);
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                extraction.entry(entry.get(), reader.content());
            }
            extraction.finishDirectories();
        } catch (IOException e) {
            throw new BuildFailedException(Problem.of("cannot unpack '" + name + "'", String.valueOf(e.getMessage())));
        }
    }

    private void entry(TarEntry entry, InputStream content) throws IOException {
        String relative = relative(entry.name());
        if (relative.isEmpty()) {
            if (entry.kind() == TarEntry.Kind.DIRECTORY) {
                directories.put(prefix + "/", entry);
            }
            return;
        }
        String path = prefix + "/" + relative;
        if (entry.kind() == TarEntry.Kind.DIRECTORY) {
            directory(path, entry);
            return;
        }
        int slash = path.lastIndexOf('/');
        try (Fd parent = parent(path.substring(0, slash))) {
            ByteString name = ByteString.of(path.substring(slash + 1));
            replace(parent, name);
            leaf(entry, content, parent, name);
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

    private void directory(String path, TarEntry entry) {
        int slash = path.lastIndexOf('/');
        try (Fd parent = parent(path.substring(0, slash))) {
            ByteString name = ByteString.of(path.substring(slash + 1));
            Optional<Stat> there = Nodes.find(parent, name);
            // A symlink to a directory stands for the directory, as /var/run does for /run.
            boolean followable = there.isPresent()
                    && destination.find(path).filter(Stat::isDirectory).isPresent();
            if (!followable) {
                there.ifPresent(node -> Nodes.unlink(parent, name));
                Nodes.makeDirectory(parent, name, 0700);
            }
            directories.put(path, entry);
        }
    }

    private void file(TarEntry entry, InputStream content, Fd parent, ByteString name) throws IOException {
        try (Fd file = Nodes.openAt(parent, name, NEW_MODE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            byte[] buffer = new byte[BUFFER];
            for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
                streams.write(file, buffer, 0, got);
            }
            Ownership owner = ownerOf(entry);
            Nodes.changeOwner(file, owner.uid(), owner.gid());
            Nodes.changeMode(file, entry.mode());
            entry.xattrs().forEach((key, value) -> Xattrs.set(file, key, value.toBytes()));
            Nodes.changeTimes(file, entry.modified(), entry.modified());
        }
    }

    private void node(FileType type, TarEntry entry, Fd parent, ByteString name) {
        Nodes.makeNode(parent, name, type, NEW_MODE, entry.device());
        describe(parent, name, entry);
    }

    private void hardlink(TarEntry entry, Fd parent, ByteString name) {
        String target = prefix + "/" + relative(entry.linkName());
        int slash = target.lastIndexOf('/');
        try (Fd targetParent = parent(target.substring(0, slash))) {
            Nodes.makeHardlink(targetParent, ByteString.of(target.substring(slash + 1)), parent, name);
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            throw new BuildFailedException(Problem.of(
                    "the archive has a hard link to what is not there", entry.name() + " -> " + entry.linkName()));
        }
    }

    private void describe(Fd parent, ByteString name, TarEntry entry) {
        Ownership owner = ownerOf(entry);
        Nodes.changeOwner(parent, name, owner.uid(), owner.gid());
        if (entry.kind() != TarEntry.Kind.SYMLINK) {
            Nodes.changeMode(parent, name, entry.mode());
        }
        Nodes.changeTimes(parent, name, entry.modified(), entry.modified());
    }

    /** Owners and times of directories are set when nothing more is put into them, the deepest first. */
    private void finishDirectories() {
        directories.sequencedEntrySet().reversed().forEach(listed -> {
            TarEntry entry = listed.getValue();
            Ownership owner = ownerOf(entry);
            try (Fd directory = destination.directory(listed.getKey(), owner, entry.mode())) {
                Nodes.changeOwner(directory, owner.uid(), owner.gid());
                Nodes.changeMode(directory, entry.mode());
                entry.xattrs().forEach((key, value) -> Xattrs.set(directory, key, value.toBytes()));
                Nodes.changeTimes(directory, entry.modified(), entry.modified());
            }
        });
    }

    private Fd parent(String path) {
        return destination.directory(path, attributes.ownerOfMade(), 0755);
    }

    private static void replace(Fd parent, ByteString name) {
        Optional<Stat> there = Nodes.find(parent, name);
        if (there.isEmpty()) {
            return;
        }
        if (there.get().isDirectory()) {
            throw new BuildFailedException(
                    Problem.of("cannot replace the directory '" + name + "' by an entry of the archive"));
        }
        Nodes.unlink(parent, name);
    }

    private Ownership ownerOf(TarEntry entry) {
        return attributes.chown().orElse(new Ownership((int) entry.uid(), (int) entry.gid()));
    }

    /** The entry's path below the destination: cleaned, and never above it. */
    private static String relative(ByteString name) {
        return ImagePath.clean("/" + name).substring(1);
    }
}
