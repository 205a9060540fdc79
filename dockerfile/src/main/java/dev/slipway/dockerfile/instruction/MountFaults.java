package dev.slipway.dockerfile.instruction;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Collects what is wrong with the options of one mount, each fault at its option. */
final class MountFaults {
    private final String flag;
    private final IntFunction<String> where;
    private final List<Problem> problems = new ArrayList<>();

    /** @param where gives the place of a character of the flag's text */
    MountFaults(String flag, IntFunction<String> where) {
        this.flag = flag;
        this.where = where;
    }

    /** What is wrong with one option, without a place. */
    static InvalidInputException bad(String option, String why, String remedy) {
        return new InvalidInputException(new Problem("", "--mount " + (option.isEmpty() ? "''" : option), why, remedy));
    }

    /** The result, or nothing where it fails; the fault then stands at the offset. */
    <T> Optional<T> of(int offset, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                problems.add(problem.where().isEmpty() ? problem.at(where.apply(offset)) : problem);
            }
            return Optional.empty();
        }
    }

    /** A fault of the mount as a whole. */
    void add(String why, String remedy) {
        problems.add(new Problem(where.apply(0), "--mount=" + flag, why, remedy));
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
