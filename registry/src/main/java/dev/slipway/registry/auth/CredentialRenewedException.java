package dev.slipway.registry.auth;

import java.io.IOException;

/** A request that must not be repeated as it is was refused, and a new credential is at hand: begin the work anew. */
public final class CredentialRenewedException extends IOException {
    private static final long serialVersionUID = 1L;

    CredentialRenewedException() {
        super("the credential ended during the request");
    }
}
