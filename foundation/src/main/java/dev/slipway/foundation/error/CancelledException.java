package dev.slipway.foundation.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user or the system asked the work to stop (exit status 130). */
public final class CancelledException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public CancelledException(Problem problem) {
        this(problem, null);
    }

    public CancelledException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
