package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.foundation.error.Problem;
import java.util.Collection;

/** Refuses, before anything runs, what the language has and this version cannot build yet. */
final class Supported {
    private Supported() {}

    /** @param instructions of the node, its own or triggers */
    static void check(StageNode node, Collection<StageInstruction> instructions, Faults faults) {
        if (!node.platform().os().equals("linux")) {
            faults.add(
                    node.stage().from().place(),
                    Problem.of("FROM for " + node.platform(), "this version builds images for Linux only"));
        }
        for (StageInstruction instruction : instructions) {
            if (instruction.instruction() instanceof Run run) {
                check(run, faults);
            }
        }
    }

    private static void check(Run run, Faults faults) {
        refuse(run, !run.mounts().isEmpty(), "RUN --mount", faults);
        refuse(run, run.network() != Run.Network.DEFAULT, "RUN --network", faults);
        refuse(run, run.security() != Run.Security.SANDBOX, "RUN --security", faults);
    }

    private static void refuse(Instruction instruction, boolean used, String feature, Faults faults) {
        if (used) {
            faults.add(
                    instruction.place(), Problem.of(feature + " is not supported yet", "this version cannot build it"));
        }
    }
}
