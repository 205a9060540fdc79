package dev.slipway.engine.isolation;

import dev.slipway.engine.sandbox.RuncSandbox;
import dev.slipway.engine.sandbox.Sandbox;
import dev.slipway.engine.sandbox.SandboxNeeds;
import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.layer.LayerApplier;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An OCI runtime on overlay mounts, as the root of the machine.
 *
 * @param missing what commands lack
 */
record OciIsolation(List<Problem> missing) implements Isolation {
    OciIsolation {
        missing = List.copyOf(missing);
    }

    @Override
    public String line() {
        return "isolation: oci (overlay mounts, as root)";
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    @Override
    public void require(boolean commands) {
        if (commands && !missing.isEmpty()) {
            throw SandboxNeeds.all(missing);
        }
    }

    @Override
    public Snapshotter snapshotter(Workspace workspace) {
        return OverlaySnapshotter.open(workspace);
    }

    @Override
    public Sandbox sandbox(Workspace workspace) {
        return RuncSandbox.open(workspace);
    }

    @Override
    public LayerApplier applier() {
        return LayerApplier.USUAL;
    }

    @Override
    public Path treesHome(Path home) {
        return home;
    }
}
