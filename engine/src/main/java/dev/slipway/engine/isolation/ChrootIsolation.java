package dev.slipway.engine.isolation;

import dev.slipway.engine.plain.PlainSnapshotter;
import dev.slipway.engine.sandbox.ChrootSandbox;
import dev.slipway.engine.sandbox.Sandbox;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.UserNamespace;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.LayerApplier;
import dev.slipway.image.layer.OverlayMarks;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * A changed root on plain directories.
 *
 * @param marks {@code TRUSTED} where this program may set and see such attributes: layers that others have unpacked can be
 *     used then
 */
record ChrootIsolation(String line, SnapshotMode mode, OverlayMarks marks) implements Isolation {
    private static final String OWN_TREES = "unprivileged";
    private static final ByteString PROBE = ByteString.of("trusted.slipway.probe");

    static ChrootIsolation of(Workspace workspace, SnapshotMode mode, String why) {
        String line = "isolation: chroot (" + why + "); commands have no /proc and share the network of this machine,"
                + " layers are not proved";
        return new ChrootIsolation(line, mode, marks(workspace));
    }

    private static OverlayMarks marks(Workspace workspace) {
        try (Fd directory = Nodes.openDirectory(workspace.newDirectory("probe"))) {
            Xattrs.set(directory, PROBE, new byte[] {'y'});
            return OverlayMarks.TRUSTED;
        } catch (LinuxException e) {
            if (!e.is(Errno.EPERM, Errno.EACCES, Errno.ENOTSUP)) {
                throw e;
            }
            return OverlayMarks.USER;
        }
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    public void require(boolean commands) {
        // Its programs are of util-linux, which every Debian has, and are named where one is not there.
    }

    @Override
    public Snapshotter snapshotter(Workspace workspace) {
        return PlainSnapshotter.open(workspace, mode);
    }

    @Override
    public Sandbox sandbox(Workspace workspace) {
        return ChrootSandbox.open(workspace);
    }

    @Override
    public LayerApplier applier() {
        return new LayerApplier(marks, Long.MAX_VALUE);
    }

    @Override
    public Path treesHome(Path home) {
        return marks == OverlayMarks.TRUSTED
                ? home
                : Mapping.directory(home.resolve(OWN_TREES), UserNamespace.current());
    }
}
