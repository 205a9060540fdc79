package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;

/** Refuses, before anything runs, what the language has and this version cannot build yet. */
final class Supported {
    private Supported() {}

    static void check(StageNode node, Faults faults) {
        for (Instruction instruction : node.stage().instructions()) {
            switch (instruction) {
                case Run run -> check(run, node.platform(), faults);
                case OnBuild _ -> refuse(instruction, true, "ONBUILD", faults);
                default -> {}
            }
        }
    }

    private static void check(Run run, Platform platform, Faults faults) {
        refuse(run, !run.mounts().isEmpty(), "RUN --mount", faults);
        refuse(run, run.network() != Run.Network.DEFAULT, "RUN --network", faults);
        refuse(run, run.security() != Run.Security.SANDBOX, "RUN --security", faults);
        refuse(
                run,
                run.form() instanceof HeredocCommand heredocs
                        && heredocs.scriptFile().isPresent(),
                "RUN with a heredoc that names its interpreter",
                faults);
        if (!Platform.host().accepts(platform)) {
            faults.add(Problem.of(
                            "RUN for " + platform,
                            "this machine is " + Platform.host()
                                    + ", and commands of another architecture cannot be run yet")
                    .at(run.place()));
        }
    }

    private static void refuse(Instruction instruction, boolean used, String feature, Faults faults) {
        if (used) {
            faults.add(Problem.of(feature + " is not supported yet", "this version cannot build it")
                    .at(instruction.place()));
        }
    }
}
