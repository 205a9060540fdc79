package dev.slipway.foundation.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deadline that the user set has passed (exit status 124). */
public final class TimedOutException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public TimedOutException(Problem problem) {
        this(problem, null);
    }

    public TimedOutException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
