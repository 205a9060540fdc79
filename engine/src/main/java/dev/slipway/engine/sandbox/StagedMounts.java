package dev.slipway.engine.sandbox;

import dev.slipway.engine.sandbox.SandboxMount.Writes;
import dev.slipway.engine.snapshot.DiscardedWrites;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Mounts;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.OverlayMarks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a process is shown, made ready in the mount namespace of this thread: the runtime finds each at a path that nobody
 * can turn elsewhere meanwhile. Used on one thread.
 */
final class StagedMounts implements AutoCloseable {
    private static final ByteString SLASH = ByteString.of("/");
    private static final String OWN_DEVICES = "/dev/";
    private static final int EXECUTABLE = 0111;

    private final Path place;
    private final Path scratch;
    private final MountPoints points;
    private final OverlayMarks marks;
    private final List<RuntimeMount> ready = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private StagedMounts(Path place, Path scratch, MountPoints points, OverlayMarks marks) {
        this.place = place;
        this.scratch = scratch;
        this.points = points;
        this.marks = marks;
    }

    /**
     * Makes them ready.
     *
     * @param place an empty directory for what is small or secret
     * @param scratch an empty directory for what the process writes and nobody keeps
     * @param marks what this program can set
     * @throws BuildFailedException if something cannot be shown where it should be
     */
    static StagedMounts stage(
            List<SandboxMount> mounts, Path place, Path scratch, MountPoints points, OverlayMarks marks)
            throws IOException {
        StagedMounts staged = new StagedMounts(place, scratch, points, marks);
        boolean done = false;
        try {
            for (SandboxMount mount : mounts) {
                staged.add(mount);
            }
            done = true;
            return staged;
        } finally {
            if (!done) {
                staged.close();
            }
        }
    }

    /** For the runtime's configuration, in their order. */
    List<RuntimeMount> mounts() {
        return List.copyOf(ready);
    }

    private void add(SandboxMount mount) throws IOException {
        Path at = place.resolve("mount" + ready.size());
        try {
            ready.add(
                    switch (mount) {
                        case SandboxMount.Bind bind -> bind(bind, at);
                        case SandboxMount.Tmpfs tmpfs -> tmpfs(tmpfs, at);
                        case SandboxMount.ShownFile file -> file(file, at);
                        case SandboxMount.AgentSocket agent -> agent(agent, at);
                    });
        } catch (LinuxException e) {
            throw new BuildFailedException(
                    Problem.of("cannot mount " + mount.target() + " for the command", String.valueOf(e.getMessage())));
        }
    }

    private RuntimeMount bind(SandboxMount.Bind bind, Path at) throws IOException {
        try (Fd root = Nodes.openDirectory(Path.of("/"));
                Fd source = source(root, bind.source())) {
            boolean isDirectory = Nodes.stat(source).isDirectory();
            if (bind.writes() == Writes.DISCARDED && !isDirectory) {
                copy(source, at);
            } else {
                shown(source, isDirectory, at);
            }
            Path shown = bind.writes() == Writes.DISCARDED && isDirectory ? writable(at) : at;
            String target = isDirectory ? directory(bind.target()) : file(bind.target());
            return bind.writes() == Writes.REFUSED
                    ? RuntimeMount.bind(shown, target, "ro")
                    : RuntimeMount.bind(shown, target, "rw");
        }
    }

    private static Fd source(Fd root, Path path) {
        ByteString name = ByteString.of(path);
        return name.equals(SLASH)
                ? Nodes.openAt(root, ByteString.of("."), 0, OpenFlag.PATH_ONLY)
                : Nodes.openAt(root, name.slice(1), 0, OpenFlag.PATH_ONLY, OpenFlag.NO_FOLLOW);
    }

    private void shown(Fd source, boolean isDirectory, Path at) throws IOException {
        if (isDirectory) {
            Files.createDirectory(at);
        } else {
            Files.createFile(at);
        }
        mounted(at, () -> Mounts.bind(Path.of(source.procPath()), at));
    }

    private Path writable(Path at) throws IOException {
        Path own = Files.createDirectory(scratch.resolve(at.getFileName()));
        DiscardedWrites view = DiscardedWrites.over(at, own, marks);
        open.push(view);
        return view.root();
    }

    private void copy(Fd source, Path at) throws IOException {
        Stat stat = Nodes.stat(source);
        Path copied = Files.createFile(scratch.resolve(at.getFileName()));
        try (OutputStream out = Files.newOutputStream(copied)) {
            Files.copy(Path.of(source.procPath()), out);
        }
        attributes(copied, stat.mode(), stat.uid(), stat.gid());
        try (Fd file = Nodes.open(copied)) {
            Nodes.changeTimes(file, stat.accessed(), stat.modified());
            shown(file, false, at);
        }
    }

    /** Mounted here, since the runtime would give it the mode of the directory that was made for it. */
    private RuntimeMount tmpfs(SandboxMount.Tmpfs tmpfs, Path at) throws IOException {
        Files.createDirectory(at);
        String size =
                tmpfs.sizeBytes().isPresent() ? ",size=" + tmpfs.sizeBytes().getAsLong() : "";
        mounted(at, () -> Mounts.mount("tmpfs", at, "tmpfs", Mounts.MS_NOSUID | Mounts.MS_NODEV, "mode=1777" + size));
        return RuntimeMount.bind(at, directory(tmpfs.target()), "rw", "nosuid", "nodev");
    }

    private RuntimeMount file(SandboxMount.ShownFile file, Path at) throws IOException {
        try (Fd made = Nodes.open(at, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY);
                FdStreams streams = new FdStreams()) {
            OutputStream out = streams.output(made);
            file.content().writeTo(out);
            out.flush();
        }
        attributes(at, file.mode(), file.uid(), file.gid());
        return RuntimeMount.shownFile(at, file(file.target()), (file.mode() & EXECUTABLE) != 0);
    }

    private RuntimeMount agent(SandboxMount.AgentSocket agent, Path at) throws IOException {
        open.push(AgentRelay.listen(at, agent.agent()));
        attributes(at, agent.mode(), agent.uid(), agent.gid());
        return RuntimeMount.bind(at, file(agent.target()), "rw", "nosuid", "nodev", "noexec");
    }

    private static void attributes(Path node, int mode, int uid, int gid) {
        Nodes.changeOwner(Fd.CWD, ByteString.of(node), uid, gid);
        Nodes.changeMode(Fd.CWD, ByteString.of(node), mode);
    }

    /** The runtime makes places in {@code /dev} itself, since that is a file system of the process's own. */
    private String directory(String target) {
        return target.startsWith(OWN_DEVICES) ? target : points.directory(target);
    }

    private String file(String target) {
        return target.startsWith(OWN_DEVICES) ? target : points.file(target);
    }

    private void mounted(Path at, Runnable mount) {
        mount.run();
        open.push(() -> Mounts.detach(at));
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (RuntimeException e) {
                failure = e;
            } catch (Exception e) {
                failure = new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
