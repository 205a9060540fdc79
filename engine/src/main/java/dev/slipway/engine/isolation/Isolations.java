package dev.slipway.engine.isolation;

import dev.slipway.engine.request.HostSettings;
import dev.slipway.engine.request.IsolationChoice;
import dev.slipway.engine.sandbox.SandboxNeeds;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** Chooses the isolation, by trying. */
public final class Isolations {
    private static final String PLACE = "run with CAP_SYS_ADMIN, with SLIPWAY_HOME on a volume (ext4, xfs or tmpfs), or"
            + " leave --isolation=oci out";

    private Isolations() {}

    /** What was decided, before anything is made of it. */
    sealed interface Decision {
        /** An OCI runtime; commands may lack something, which is told when there are any. */
        record Oci(boolean rootless, List<Problem> missing) implements Decision {
            public Oci {
                missing = List.copyOf(missing);
            }
        }

        /** A changed root. */
        record Chroot(String why) implements Decision {}

        /** Nothing that shows trees. */
        record None(List<Problem> faults) implements Decision {
            public None {
                faults = List.copyOf(faults);
            }
        }
    }

    /** @throws InvalidInputException if the settings would lose files and do not say that they may */
    public static void check(HostSettings host) {
        if (host.snapshotMode() == SnapshotMode.TIME && host.verify()) {
            throw new InvalidInputException(new Problem(
                    "--snapshot-mode=time",
                    "this would lose files",
                    "it sees only changes that change a file's modification time",
                    "use redo, which is as fast and loses nothing, or add --no-verify"));
        }
    }

    /**
     * Chooses for a build that takes place in a workspace.
     *
     * @throws InvalidInputException as {@link #check}
     * @throws MachineException if the kind that was asked for is not possible; names all that is missing
     */
    public static Isolation choose(HostSettings host, Workspace workspace) {
        check(host);
        HostFacts facts = HostFacts.probe(workspace);
        return switch (decide(host.isolation(), facts)) {
            case Decision.Oci(boolean rootless, List<Problem> missing) ->
                rootless ? new RootlessIsolation(facts.namespace(), missing) : new OciIsolation(missing);
            case Decision.Chroot(String why) -> ChrootIsolation.of(workspace, host.snapshotMode(), why);
            case Decision.None(List<Problem> faults) -> new NoIsolation(faults);
        };
    }

    static Decision decide(IsolationChoice asked, HostFacts facts) {
        List<Problem> faults = faults(facts);
        return switch (asked) {
            case OCI -> {
                List<Problem> all = new ArrayList<>(faults);
                all.addAll(facts.missingPrograms());
                if (!all.isEmpty()) {
                    throw SandboxNeeds.all(all);
                }
                yield oci(facts);
            }
            case CHROOT -> {
                if (facts.user() != 0) {
                    throw SandboxNeeds.all(faults);
                }
                yield new Decision.Chroot("asked for");
            }
            case AUTO -> auto(faults, facts);
        };
    }

    /** Missing programs are no reason for a weaker isolation: they can be installed. */
    private static Decision auto(List<Problem> faults, HostFacts facts) {
        if (faults.isEmpty()) {
            return oci(facts);
        }
        Problem first = faults.getFirst();
        return facts.user() == 0 ? new Decision.Chroot(first.what() + ": " + first.why()) : new Decision.None(faults);
    }

    private static Decision oci(HostFacts facts) {
        return new Decision.Oci(!facts.namespace().isInitial(), facts.missingPrograms());
    }

    private static List<Problem> faults(HostFacts facts) {
        List<Problem> faults = new ArrayList<>();
        facts.withoutNamespace().ifPresent(faults::add);
        facts.refusedOverlay()
                .ifPresent(why -> faults.add(
                        Problem.of("no overlay can be mounted here", why).remedy(PLACE)));
        facts.refusedProcess()
                .ifPresent(why -> faults.add(Problem.of("no process gets namespaces of its own here", why)
                        .remedy(PLACE)));
        return faults;
    }
}
