package dev.slipway.registry.error;

import java.io.IOException;

/** An answer that no registry may give: a missing address, content that is not what its digest says. */
public final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedAnswerException(String message) {
        super(message);
    }
}
