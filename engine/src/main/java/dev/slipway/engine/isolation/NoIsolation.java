package dev.slipway.engine.isolation;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.sandbox.Sandbox;
import dev.slipway.engine.sandbox.SandboxNeeds;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.engine.snapshot.Written;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.layer.LayerApplier;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * None: only an image that needs neither commands nor files can be built.
 *
 * @param faults why
 */
record NoIsolation(List<Problem> faults) implements Isolation {
    NoIsolation {
        requireNonNull(faults, "faults is null");
        faults = List.copyOf(faults);
    }

    @Override
    public String line() {
        Problem first = faults.getFirst();
        return "isolation: none (" + first.what() + ": " + first.why() + ")";
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    public void require(boolean commands) {
        throw failure();
    }

    private MachineException failure() {
        return SandboxNeeds.all(faults);
    }

    @Override
    public Snapshotter snapshotter(Workspace workspace) {
        MachineException failure = failure();
        return new Snapshotter() {
            @Override
            public <T> T read(List<Tree> trees, ReadWork<T> work) {
                throw failure;
            }

            @Override
            public <T> Written<T> write(Tree base, List<Tree> sources, WriteWork<T> work) {
                throw failure;
            }

            @Override
            public <T> Written<T> writeApart(Tree below, List<Tree> sources, WriteWork<T> work) {
                throw failure;
            }
        };
    }

    @Override
    public Sandbox sandbox(Workspace workspace) {
        MachineException failure = failure();
        return (root, process, output) -> {
            throw failure;
        };
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
