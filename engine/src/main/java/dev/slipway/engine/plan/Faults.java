package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the faults of many instructions, each with its place, so that all are told at once. */
final class Faults {
    private final List<Problem> problems = new ArrayList<>();

    /** Runs the work; a fault without a place of its own gets the instruction's. */
    void at(Instruction instruction, Runnable work) {
        try {
            work.run();
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                problems.add(problem.where().isEmpty() ? problem.at(instruction.place()) : problem);
            }
        }
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems.stream().distinct().toList());
        }
    }
}
