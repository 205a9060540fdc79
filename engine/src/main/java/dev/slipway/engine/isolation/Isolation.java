package dev.slipway.engine.isolation;

import dev.slipway.engine.sandbox.Sandbox;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.image.layer.LayerApplier;
import java.nio.file.Path;
import java.util.Set;

/** How a build shows trees and runs commands on this machine. Thread-safe. */
public interface Isolation {
    /** What is said to the user: the kind, and why. */
    String line();

    Set<Ability> abilities();

    /**
     * Tells what is missing before anything is done.
     *
     * @param commands whether commands are to run, not only trees to be read and written
     * @throws MachineException if that cannot be done here; says what to do
     */
    void require(boolean commands);

    Snapshotter snapshotter(Workspace workspace);

    Sandbox sandbox(Workspace workspace);

    /** Unpacks layers so that {@link #snapshotter} understands their marks. */
    LayerApplier applier();

    /**
     * The directory for what is on the disk as only this isolation understands it (unpacked layers with their marks and
     * owners, caches of commands): the state directory, or one in it.
     */
    Path treesHome(Path home);
}
