package dev.slipway.engine.sandbox;

import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Processes;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this machine can run commands of a build, found out by trying.
 *
 * @param missing what it lacks; empty if it can
 */
public record Isolation(List<Problem> missing) {
    public Isolation {
        missing = List.copyOf(missing);
    }

    /** Tries what RUN needs, except for running something: root, an overlay where the workspace lies, the programs. */
    public static Isolation probe(Workspace workspace) {
        List<Problem> missing = new ArrayList<>();
        if (Processes.effectiveUser() != 0) {
            missing.add(Problem.of("RUN needs root", "the user is " + Processes.effectiveUser())
                    .remedy("run as root in a container; isolation without root is yet to come"));
        } else {
            missing.addAll(overlay(workspace));
        }
        missing.addAll(Programs.missing());
        return new Isolation(missing);
    }

    private static List<Problem> overlay(Workspace workspace) {
        try {
            OverlaySnapshotter.open(workspace).read(List.of(Tree.EMPTY), roots -> roots);
            return List.of();
        } catch (MachineException e) {
            return e.problems();
        } catch (LinuxException e) {
            return List.of(Problem.of("RUN needs a mount namespace of its own", String.valueOf(e.getMessage()))
                    .remedy("run with CAP_SYS_ADMIN; isolation without it is yet to come"));
        }
    }

    /** @throws MachineException if something is missing; names the first, and the others after it */
    public void require() {
        if (missing.isEmpty()) {
            return;
        }
        throw new MachineException(missing.getFirst().and(missing.subList(1, missing.size())));
    }
}
