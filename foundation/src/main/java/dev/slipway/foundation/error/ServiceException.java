package dev.slipway.foundation.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry or another service failed or answered what it must not (exit status 4). */
public final class ServiceException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public ServiceException(Problem problem) {
        this(problem, null);
    }

    public ServiceException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
