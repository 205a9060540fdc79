package dev.slipway.registry.auth;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.secret.Secret;
import java.util.List;

/**
 * An answer to a request that was signed where that was possible.
 *
 * @param secrets what the request carried and no message may repeat
 * @param signedIn whether a credential of the user was used
 */
public record SignedAnswer(HttpAnswer answer, List<Secret> secrets, boolean signedIn) {
    public SignedAnswer {
        secrets = List.copyOf(secrets);
    }
}
