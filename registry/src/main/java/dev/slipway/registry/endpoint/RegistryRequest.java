package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpCall;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Scope;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.util.Set;

/**
 * One call of the distribution specification: what is sent, and which answers are successes.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#endpoints">
 *     distribution-spec, endpoints</a>
 */
public interface RegistryRequest {
    RegistryTarget target();

    Subject subject();

    /** What is tried, for errors, e.g. {@code push blob sha256:ab…}. */
    String describe();

    HttpCall toHttp();

    boolean accepts(int status);

    /** What a token must allow. */
    default Set<Scope> scopes() {
        return Set.of(new Scope(target().remoteRepository(), false));
    }

    /** Whether the call may be sent again as it is after the registry refused its credential. */
    default boolean repeatable() {
        return true;
    }
}
