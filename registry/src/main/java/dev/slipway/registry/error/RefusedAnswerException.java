package dev.slipway.registry.error;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A registry, or the token service it names, answered with a status that was not asked for. */
public final class RefusedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ErrorText text;
    private final transient Optional<Duration> retryAfter;
    private final boolean signedIn;

    /**
     * @param by who answered, in words
     * @param retryAfter the pause it asked for
     * @param signedIn whether the request carried a credential of the user
     */
    public RefusedAnswerException(
            String by, int status, ErrorText text, Optional<Duration> retryAfter, boolean signedIn) {
        super(by + " answered " + status + text.asSuffix());
        this.status = status;
        this.text = text;
        this.retryAfter = retryAfter;
        this.signedIn = signedIn;
    }

    public int status() {
        return status;
    }

    public ErrorText text() {
        return text;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public boolean signedIn() {
        return signedIn;
    }

    /** Whether the same request may succeed later: the service was busy or failed. */
    public boolean passing() {
        return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504);
    }

    /** Whether the registry no longer knows, or no longer takes bytes for, an upload session: a new one helps. */
    public boolean sessionLost() {
        return status == 416 || text.has("BLOB_UPLOAD_UNKNOWN");
    }
}
