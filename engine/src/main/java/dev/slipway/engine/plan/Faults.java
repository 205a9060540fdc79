package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the faults of many instructions, each with its place, so that all are told at once, in the file's order. */
final class Faults {
    private static final Comparator<Fault> BY_PLACE =
            Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column);

    private final List<Fault> found = new ArrayList<>();

    private record Fault(int line, int column, Problem problem) {}

    /**
     * Runs the work; a fault without a place of its own gets the instruction's. Where the work needs what is not known
     * yet, nothing is said.
     */
    void at(Instruction instruction, Runnable work) {
        Place place = instruction.place();
        try {
            work.run();
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                found.add(new Fault(
                        place.line(), place.column(), problem.where().isEmpty() ? problem.at(place) : problem));
            }
        } catch (UnknownValueException _) {
            // told later, when the base images are known
        }
    }

    void add(Place place, Problem problem) {
        found.add(new Fault(place.line(), place.column(), problem.at(place)));
    }

    /** A fault that is not one instruction's; it is told first. */
    void add(Problem problem) {
        found.add(new Fault(0, 0, problem));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInputException(found.stream()
                    .sorted(BY_PLACE)
                    .map(Fault::problem)
                    .distinct()
                    .toList());
        }
    }
}
