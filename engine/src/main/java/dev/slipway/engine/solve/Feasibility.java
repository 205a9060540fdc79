package dev.slipway.engine.solve;

import dev.slipway.dockerfile.instruction.Run.Network;
import dev.slipway.engine.isolation.Ability;
import dev.slipway.engine.isolation.Isolation;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.plan.StageStep;
import dev.slipway.engine.request.CommandSettings;
import dev.slipway.engine.sandbox.SandboxNeeds;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this machine can do what a plan asks for; told before the first step. */
final class Feasibility {
    private Feasibility() {}

    /** @throws MachineException if it cannot; names every instruction that is the reason */
    static void require(Plan plan, CommandSettings commands, Isolation isolation) {
        List<Operation> operations = plan.stages().values().stream()
                .flatMap(stage -> stage.steps().stream())
                .map(StageStep::operation)
                .flatMap(Optional::stream)
                .toList();
        if (!operations.isEmpty()) {
            isolation.require(operations.stream().anyMatch(Operation.Run.class::isInstance));
        }
        List<Problem> impossible = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Run run) {
                impossible.addAll(impossible(run, commands, isolation));
            }
        }
        if (!impossible.isEmpty()) {
            throw SandboxNeeds.all(impossible);
        }
    }

    private static List<Problem> impossible(Operation.Run run, CommandSettings commands, Isolation isolation) {
        List<Problem> found = new ArrayList<>();
        boolean ownNetwork =
                run.network() == Network.NONE || (run.network() == Network.DEFAULT && commands.networkless());
        if (ownNetwork && !isolation.abilities().contains(Ability.OWN_NETWORK)) {
            found.add(impossible(run, "it cannot have a network of its own here", isolation));
        }
        if (run.isInsecure() && !isolation.abilities().contains(Ability.PRIVILEGES)) {
            found.add(impossible(run, "it cannot have more privileges than others here", isolation));
        }
        return found;
    }

    private static Problem impossible(Operation.Run run, String why, Isolation isolation) {
        return new Problem(
                run.place().toString(),
                run.title(),
                why + ", " + isolation.line(),
                "run where --isolation=oci is possible");
    }
}
