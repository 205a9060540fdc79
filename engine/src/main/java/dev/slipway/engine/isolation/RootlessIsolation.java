package dev.slipway.engine.isolation;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.sandbox.RuncSandbox;
import dev.slipway.engine.sandbox.Sandbox;
import dev.slipway.engine.sandbox.SandboxNeeds;
import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.UserNamespace;
import dev.slipway.image.layer.LayerApplier;
import dev.slipway.image.layer.OverlayMarks;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An OCI runtime on overlay mounts, in a user namespace. Control groups belong to others there.
 *
 * @param missing what commands lack
 */
record RootlessIsolation(UserNamespace namespace, List<Problem> missing) implements Isolation {
    private static final String ROOTLESS = "rootless";

    RootlessIsolation {
        requireNonNull(namespace, "namespace is null");
        missing = List.copyOf(missing);
    }

    @Override
    public String line() {
        return "isolation: oci, rootless (overlay mounts in a user namespace of "
                + namespace.users().size() + " users)";
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.LIMITS));
    }

    @Override
    public void require(boolean commands) {
        if (commands && !missing.isEmpty()) {
            throw SandboxNeeds.all(missing);
        }
    }

    @Override
    public Snapshotter snapshotter(Workspace workspace) {
        return OverlaySnapshotter.open(workspace, OverlayMarks.USER);
    }

    @Override
    public Sandbox sandbox(Workspace workspace) {
        return RuncSandbox.inUserNamespace(workspace);
    }

    @Override
    public LayerApplier applier() {
        return new LayerApplier(OverlayMarks.USER, Long.MAX_VALUE);
    }

    @Override
    public Path treesHome(Path home) {
        return Mapping.directory(home.resolve(ROOTLESS), namespace);
    }
}
