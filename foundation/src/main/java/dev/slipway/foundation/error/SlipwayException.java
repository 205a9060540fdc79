package dev.slipway.foundation.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The root of every error that a user may see. The kind of error is its type; {@link ExitStatus} follows from it.
 * Any other exception that reaches the entry point is a defect of the program.
 */
public abstract sealed class SlipwayException extends RuntimeException
        permits BuildFailedException,
                InvalidInputException,
                NotAllowedException,
                ServiceException,
                MachineException,
                TimedOutException,
                CancelledException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    SlipwayException(List<Problem> problems, @Nullable Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an error names at least one problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** Every fault found, in the order of the input; never empty. */
    public final List<Problem> problems() {
        return problems;
    }
}
