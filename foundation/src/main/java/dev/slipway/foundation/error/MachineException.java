package dev.slipway.foundation.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** This machine lacks something: a runtime, a privilege, disk space (exit status 5). */
public final class MachineException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public MachineException(Problem problem) {
        this(problem, null);
    }

    public MachineException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
