package dev.slipway.dockerfile.parse;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the steps of reading one instruction, so that the faults of all of them are told at once. */
final class Attempts {
    private final List<Problem> problems = new ArrayList<>();

    /** The result of a step, or nothing where it fails. */
    <T> Optional<T> of(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** Builds the instruction, unless a step has failed. */
    <T> T finish(Supplier<T> instruction) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return instruction.get();
    }
}
