package dev.slipway.engine.context;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.RetryAfter;
import java.io.IOException;
import java.time.Duration;

/** An answer that is not the file. */
final class RefusedDownloadException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    RefusedDownloadException(HttpAnswer answer) {
        super("the server answered with status " + answer.status());
        this.status = answer.status();
        this.retryAfter = RetryAfter.of(answer).orElse(Duration.ZERO);
    }

    /** Whether credentials are missing or refused. */
    boolean isRefusal() {
        return status == 401 || status == 403 || status == 407;
    }

    /** Whether it may pass. */
    boolean isPassing() {
        return status >= 500 || status == 429 || status == 408;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
