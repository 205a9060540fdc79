package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ONBUILD triggers. They stand at the place of the FROM that sets them off, and see the stages of its file.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#onbuild">Dockerfile reference, ONBUILD</a>
 */
final class Triggers {
    private final References references;
    private final Faults faults;

    Triggers(References references, Faults faults) {
        this.references = references;
        this.faults = faults;
    }

    /**
     * The triggers' instructions in order; one that is faulty is told and left out.
     *
     * @param origin the base that has them, for errors
     */
    List<StageInstruction> of(StageNode node, String origin, List<String> texts) {
        Place place = node.stage().from().place();
        List<StageInstruction> instructions = new ArrayList<>();
        for (String text : texts) {
            try {
                Instruction instruction = DockerfileParser.parseTrigger(text, place);
                instructions.add(references.resolve(instruction, true));
            } catch (InvalidInputException e) {
                for (Problem problem : e.problems()) {
                    faults.add(place, told(origin, text, problem));
                }
            }
        }
        return instructions;
    }

    private static Problem told(String origin, String text, Problem problem) {
        String why = problem.why().isEmpty() ? problem.what() : problem.what() + ": " + problem.why();
        return new Problem("", "the ONBUILD trigger '" + text + "' of the " + origin, why, problem.remedy());
    }
}
