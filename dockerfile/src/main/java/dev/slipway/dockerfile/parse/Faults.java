package dev.slipway.dockerfile.parse;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the faults and warnings of a file. */
final class Faults {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Place> emptyContinuations = new ArrayList<>();

    void add(Problem problem) {
        problems.add(problem);
    }

    void addAll(InvalidInputException error, Place fallback) {
        for (Problem problem : error.problems()) {
            problems.add(problem.where().isEmpty() ? problem.at(fallback) : problem);
        }
    }

    void warn(Problem warning) {
        warnings.add(warning);
    }

    void emptyContinuation(Place place) {
        emptyContinuations.add(place);
    }

    List<Place> emptyContinuations() {
        return List.copyOf(emptyContinuations);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    int size() {
        return problems.size();
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
