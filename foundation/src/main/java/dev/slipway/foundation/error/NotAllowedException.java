package dev.slipway.foundation.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credentials are missing or refused, or an identity lacks a permission (exit status 3). */
public final class NotAllowedException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public NotAllowedException(Problem problem) {
        this(problem, null);
    }

    public NotAllowedException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }
}
