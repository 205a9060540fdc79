package dev.slipway.engine.isolation;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.sandbox.SandboxNeeds;
import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Processes;
import dev.slipway.foundation.linux.UserNamespace;
import dev.slipway.image.layer.OverlayMarks;
import java.util.List;
import java.util.Optional;

/**
 * What this machine offers, as far as the choice of an isolation depends on it.
 *
 * @param user of this program, as its user namespace has it
 * @param missingPrograms of those that run commands
 * @param refusedOverlay why no overlay can be mounted in the state directory; empty if one can, or if the user is not root
 * @param refusedProcess why no process gets namespaces of its own
 * @param withoutNamespace for a user who is not root: why there is no user namespace
 */
record HostFacts(
        int user,
        UserNamespace namespace,
        List<Problem> missingPrograms,
        Optional<String> refusedOverlay,
        Optional<String> refusedProcess,
        Optional<Problem> withoutNamespace) {
    HostFacts {
        requireNonNull(namespace, "namespace is null");
        missingPrograms = List.copyOf(missingPrograms);
        requireNonNull(refusedOverlay, "refusedOverlay is null");
        requireNonNull(refusedProcess, "refusedProcess is null");
        requireNonNull(withoutNamespace, "withoutNamespace is null");
    }

    /** Finds out by trying. */
    static HostFacts probe(Workspace workspace) {
        int user = Processes.effectiveUser();
        UserNamespace namespace = UserNamespace.current();
        if (user != 0) {
            return new HostFacts(
                    user,
                    namespace,
                    SandboxNeeds.missingPrograms(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(MissingNamespace.of(NamespaceFacts.read(user)).problem()));
        }
        OverlayMarks marks = namespace.isInitial() ? OverlayMarks.TRUSTED : OverlayMarks.USER;
        return new HostFacts(
                user,
                namespace,
                SandboxNeeds.missingPrograms(),
                refusedOverlay(OverlaySnapshotter.open(workspace, marks)),
                SandboxNeeds.refusedProcess(),
                Optional.empty());
    }

    private static Optional<String> refusedOverlay(Snapshotter snapshotter) {
        try {
            snapshotter.write(Tree.EMPTY, List.of(), (root, sources) -> root);
            return Optional.empty();
        } catch (MachineException e) {
            Problem problem = e.problems().getFirst();
            return Optional.of(problem.why().isEmpty() ? problem.what() : problem.why());
        } catch (LinuxException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
