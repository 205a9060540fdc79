package dev.slipway.foundation.error;

import java.util.List;

/** The input is wrong: usage, YAML, Dockerfile (exit status 2). Carries all faults of the input at once. */
public final class InvalidInputException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(Problem problem) {
        this(List.of(problem));
    }

    public InvalidInputException(List<Problem> problems) {
        super(problems, null);
    }
}
