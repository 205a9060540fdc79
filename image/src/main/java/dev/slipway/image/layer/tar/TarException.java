package dev.slipway.image.layer.tar;

import java.io.IOException;

/** The bytes are not a tar archive, or one beyond our limits. The message says what and, where known, at which entry. */
public final class TarException extends IOException {
    private static final long serialVersionUID = 1L;

    public TarException(String message) {
        super(message);
    }
}
