package dev.slipway.foundation.error;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The build itself failed: a command ended with a status other than 0, a file to copy is missing (exit status 1). */
public final class BuildFailedException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lastOutput;
    private final transient OptionalInt commandStatus;

    public BuildFailedException(Problem problem) {
        this(problem, List.of(), OptionalInt.empty(), null);
    }

    /**
     * @param lastOutput the last lines that the failed command wrote, oldest first
     * @param commandStatus the command's own exit status, where a command failed
     */
    public BuildFailedException(
            Problem problem, List<String> lastOutput, OptionalInt commandStatus, @Nullable Throwable cause) {
        super(List.of(problem), cause);
        this.lastOutput = List.copyOf(lastOutput);
        this.commandStatus = commandStatus;
    }

    public List<String> lastOutput() {
        return lastOutput;
    }

    public OptionalInt commandStatus() {
        return commandStatus;
    }
}
