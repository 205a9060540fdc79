package dev.slipway.engine.sandbox;

import dev.slipway.engine.plain.TreeCopies;
import dev.slipway.engine.sandbox.SandboxMount.Writes;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a process is shown where nothing can be mounted: copies in the places of the mounts. What the tree has there is
 * moved aside, out of the tree, and comes back; of the copies nothing stays. What is written into a copy is lost, as into a
 * mount of its own, or goes back to the source ({@link Writes#KEPT}) in place of what that had: of two commands at a time
 * the last to end wins. Places are found without leaving the tree; what was found is held open, so that no later rename
 * leads elsewhere. Used on one thread.
 */
final class PlacedMounts implements AutoCloseable {
    private static final ByteString SLASH = ByteString.of("/");
    private static final int EVERYBODY = 01777;
    private static final int DEVICE_MODE = 0666;
    private static final int USUAL_DIRECTORY = 0755;
    private static final Map<String, Device> DEVICES = new TreeMap<>(Map.of(
            "null", new Device(1, 3),
            "zero", new Device(1, 5),
            "full", new Device(1, 7),
            "random", new Device(1, 8),
            "urandom", new Device(1, 9),
            "tty", new Device(5, 0)));
    private static final Map<String, String> LINKS =
            Map.of("fd", "/proc/self/fd", "stdin", "fd/0", "stdout", "fd/1", "stderr", "fd/2");

    private final Fd root;
    private final Fd aside;
    private final MountPoints points;
    private final Deque<Placed> placed = new ArrayDeque<>();
    private int number;

    private PlacedMounts(Fd root, Fd aside, MountPoints points) {
        this.root = root;
        this.aside = aside;
        this.points = points;
    }

    /** One place: the directory, the name in it, and what is there now. */
    private record Placed(
            String target, Fd parent, ByteString name, ByteString asideName, Optional<Fd> node, Kind kind) {}

    /** What becomes of a placed node. */
    private sealed interface Kind {
        record Removed() implements Kind {}

        /** Nothing of it may be left, under whatever name. */
        record Secret() implements Kind {}

        record WrittenBack(Path source) implements Kind {}

        record Socket(AgentRelay relay) implements Kind {}
    }

    /** @param aside an empty directory on the file system of the tree, outside of it */
    static PlacedMounts in(Path root, Path aside, MountPoints points) {
        return new PlacedMounts(Nodes.openDirectory(root), Nodes.openDirectory(aside), points);
    }

    /** Places the devices that every process has, as far as they can be made here. */
    void devices() {
        place(points.directory("/dev"), new Kind.Removed(), (parent, name) -> {
            Fd dev = emptyDirectory(parent, name, USUAL_DIRECTORY);
            DEVICES.forEach((device, number) -> device(dev, ByteString.of(device), number));
            LINKS.forEach((link, target) -> Nodes.makeSymlink(ByteString.of(target), dev, ByteString.of(link)));
            emptyDirectory(dev, ByteString.of("shm"), EVERYBODY).close();
            return Optional.of(dev);
        });
    }

    private static void device(Fd dev, ByteString name, Device device) {
        try {
            Nodes.makeNode(dev, name, FileType.CHARACTER_DEVICE, DEVICE_MODE, device);
            Nodes.changeMode(dev, name, DEVICE_MODE);
        } catch (LinuxException e) {
            if (!e.is(Errno.EPERM, Errno.EACCES)) {
                throw e; // otherwise it is missing, which the build says at its start
            }
        }
    }

    /** Places a file that everybody can read. */
    void file(String target, Path content) {
        place(points.file(target), new Kind.Removed(), (parent, name) -> {
            try (Fd directory = Nodes.openDirectory(content.resolveSibling(""))) {
                TreeCopies.copy(directory, ByteString.of(content.getFileName()), parent, name);
            }
            return Optional.empty();
        });
    }

    void all(List<SandboxMount> mounts) {
        for (SandboxMount mount : mounts) {
            try {
                one(mount);
            } catch (LinuxException e) {
                throw new BuildFailedException(Problem.of(
                        "cannot place " + mount.target() + " for the command", String.valueOf(e.getMessage())));
            }
        }
    }

    private void one(SandboxMount mount) {
        switch (mount) {
            case SandboxMount.Bind bind -> bind(bind);
            case SandboxMount.Tmpfs tmpfs ->
                place(
                        points.directory(tmpfs.target()),
                        new Kind.Removed(),
                        (parent, name) -> Optional.of(emptyDirectory(parent, name, EVERYBODY)));
            case SandboxMount.ShownFile file ->
                place(points.file(file.target()), new Kind.Secret(), (parent, name) -> shown(file, parent, name));
            case SandboxMount.AgentSocket agent -> agent(agent);
        }
    }

    private void bind(SandboxMount.Bind bind) {
        ByteString source = ByteString.of(bind.source());
        try (Fd top = Nodes.openDirectory(Path.of("/"));
                Fd parent = directory(top, parent(source))) {
            ByteString name = source.slice(source.lastIndexOf('/') + 1);
            ByteString copied = name.isEmpty() ? ByteString.of(".") : name;
            boolean isDirectory = Nodes.stat(parent, copied).isDirectory();
            Kind kind = bind.writes() == Writes.KEPT ? new Kind.WrittenBack(bind.source()) : new Kind.Removed();
            place(isDirectory ? points.directory(bind.target()) : points.file(bind.target()), kind, (at, to) -> {
                TreeCopies.copy(parent, copied, at, to);
                return Optional.of(Nodes.openAt(at, to, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING));
            });
        }
    }

    private static Optional<Fd> shown(SandboxMount.ShownFile file, Fd parent, ByteString name) {
        try (Fd made = Nodes.openAt(parent, name, 0600, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY);
                FdStreams streams = new FdStreams();
                OutputStream out = streams.output(made)) {
            Nodes.changeOwner(made, file.uid(), file.gid());
            Nodes.changeMode(made, file.mode());
            file.content().writeTo(out);
            out.flush();
        } catch (IOException e) {
            empty(parent, name);
            throw new BuildFailedException(
                    Problem.of("cannot read what " + file.target() + " is to hold", String.valueOf(e.getMessage())));
        }
        // Open for writing it could not be executed (ETXTBSY).
        return Optional.of(Nodes.openAt(parent, name, 0, OpenFlag.NO_FOLLOW));
    }

    /** Nothing of it is left, whatever other names it has. */
    private static void empty(Fd directory, ByteString name) {
        Nodes.openAt(directory, name, 0, OpenFlag.WRITE_ONLY, OpenFlag.TRUNCATE, OpenFlag.NO_FOLLOW)
                .close();
    }

    private static void empty(Fd file) {
        Nodes.open(Path.of(file.procPath()), OpenFlag.WRITE_ONLY, OpenFlag.TRUNCATE)
                .close();
    }

    private void agent(SandboxMount.AgentSocket agent) {
        String at = points.file(agent.target());
        Placing socket = (parent, name) -> Optional.empty();
        place(at, new Kind.Removed(), socket);
        Placed last = placed.pop();
        try {
            AgentRelay relay = AgentRelay.listen(
                    Path.of(last.parent().procPath()).resolve(last.name().toString()), agent.agent());
            placed.push(new Placed(
                    at, last.parent(), last.name(), last.asideName(), Optional.empty(), new Kind.Socket(relay)));
            Nodes.changeOwner(last.parent(), last.name(), agent.uid(), agent.gid());
            Nodes.changeMode(last.parent(), last.name(), agent.mode());
        } catch (IOException e) {
            placed.push(last);
            throw new BuildFailedException(Problem.of("cannot place " + at, String.valueOf(e.getMessage())));
        }
    }

    private static Fd emptyDirectory(Fd parent, ByteString name, int mode) {
        Nodes.makeDirectory(parent, name, mode);
        Fd made = Nodes.openAt(parent, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        Nodes.changeMode(made, mode);
        return made;
    }

    private interface Placing {
        /** Makes the node, which is not there; the result is held to know it again. */
        Optional<Fd> make(Fd parent, ByteString name);
    }

    /** @param path as {@link MountPoints} gives it: without symlinks, and there */
    private void place(String path, Kind kind, Placing placing) {
        ByteString whole = ByteString.of(path);
        Fd parent = directory(root, parent(whole));
        ByteString name = whole.slice(whole.lastIndexOf('/') + 1);
        ByteString asideName = ByteString.of("aside" + number++);
        Stat before = Nodes.stat(parent);
        if (points.isMade(path)) {
            TreeRemoval.remove(parent, name); // so that it does not come back where the command moves the directory to
        } else {
            Nodes.rename(parent, name, aside, asideName);
        }
        placed.push(new Placed(path, parent, name, asideName, Optional.empty(), kind));
        Optional<Fd> node = placing.make(parent, name);
        placed.pop();
        placed.push(new Placed(path, parent, name, asideName, node, kind));
        Nodes.changeTimes(parent, before.accessed(), before.modified());
    }

    private static ByteString parent(ByteString path) {
        return path.slice(0, path.lastIndexOf('/'));
    }

    private static Fd directory(Fd top, ByteString path) {
        ByteString relative = path.startsWith(SLASH) ? path.slice(1) : path;
        return Nodes.openAt(top, relative.isEmpty() ? ByteString.of(".") : relative, 0, OpenFlag.DIRECTORY);
    }

    /**
     * Takes everything away again, the last first.
     *
     * @throws BuildFailedException if a file that only this process was to see has got another name in the tree; it is
     *     empty then
     */
    @Override
    public void close() {
        List<String> moved = new ArrayList<>();
        RuntimeException failure = null;
        while (!placed.isEmpty()) {
            Placed one = placed.pop();
            try (Fd parent = one.parent()) {
                remove(one, parent, moved);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        aside.close();
        root.close();
        if (failure != null) {
            throw failure;
        }
        if (!moved.isEmpty()) {
            throw new BuildFailedException(Problem.of(
                            "the command has moved or linked what it was only shown: " + String.join(", ", moved),
                            "without mounts nothing keeps it from that; the file was emptied")
                    .remedy("let it copy what it needs, or leave the file where it is"));
        }
    }

    private void remove(Placed one, Fd parent, List<String> moved) {
        Stat before = Nodes.stat(parent);
        switch (one.kind()) {
            case Kind.WrittenBack(Path source) -> one.node().ifPresent(node -> writeBack(node, source));
            case Kind.Secret _ -> one.node().ifPresent(PlacedMounts::empty);
            case Kind.Socket(AgentRelay relay) -> closed(relay);
            case Kind.Removed _ -> {}
        }
        one.node().ifPresent(PlacedMounts::clear);
        TreeRemoval.remove(parent, one.name());
        if (one.node().isPresent()) {
            try (Fd node = one.node().get()) {
                if (one.kind() instanceof Kind.Secret && Nodes.stat(node).links() > 0) {
                    moved.add(one.target());
                }
            }
        }
        putBack(one, parent, before);
    }

    /** Whatever name it has by now. */
    private static void clear(Fd node) {
        if (Nodes.stat(node).isDirectory()) {
            DirectoryListing.of(node).forEach(name -> TreeRemoval.remove(node, name));
        }
    }

    private void putBack(Placed one, Fd parent, Stat before) {
        try {
            if (Nodes.find(aside, one.asideName()).isPresent()) {
                Nodes.rename(aside, one.asideName(), parent, one.name());
            }
            Nodes.changeTimes(parent, before.accessed(), before.modified());
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            // The command has removed the directory, and so what was in it.
            TreeRemoval.remove(aside, one.asideName());
        }
    }

    private static void writeBack(Fd node, Path source) {
        Stat stat = Nodes.stat(node);
        if (!stat.isDirectory()) {
            try (Fd target = Nodes.open(source, OpenFlag.WRITE_ONLY, OpenFlag.TRUNCATE, OpenFlag.NO_FOLLOW);
                    FdStreams streams = new FdStreams();
                    OutputStream out = streams.output(target)) {
                streams.input(node).transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + source, e);
            }
            return;
        }
        try (Fd target = Nodes.openDirectory(source)) {
            DirectoryListing.of(target).forEach(name -> TreeRemoval.remove(target, name));
            for (ByteString name : DirectoryListing.of(node)) {
                move(node, name, target);
            }
            Nodes.changeOwner(target, stat.uid(), stat.gid());
            Nodes.changeMode(target, stat.mode());
            Nodes.changeTimes(target, stat.accessed(), stat.modified());
        }
    }

    private static void move(Fd node, ByteString name, Fd target) {
        try {
            Nodes.rename(node, name, target, name);
        } catch (LinuxException e) {
            if (!e.is(Errno.EXDEV)) {
                throw e;
            }
            TreeCopies.copy(node, name, target, name);
        }
    }

    private static void closed(AgentRelay relay) {
        try {
            relay.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the agent's socket", e);
        }
    }
}
