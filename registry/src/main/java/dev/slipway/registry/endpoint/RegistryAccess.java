package dev.slipway.registry.endpoint;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Keychain;

/** Carries out calls to registries: finds them, signs in, repeats what may be repeated. Thread-safe; share one. */
public final class RegistryAccess {
    final HttpTransport transport;
    private final RegistryMap map;
    final Keychain keychain;
    final Retry retry;

    /** The transport stays the caller's, who closes it. */
    public RegistryAccess(HttpTransport transport, RegistryMap map, Keychain keychain, Retry retry) {
        this.transport = requireNonNull(transport, "transport is null");
        this.map = requireNonNull(map, "map is null");
        this.keychain = requireNonNull(keychain, "keychain is null");
        this.retry = requireNonNull(retry, "retry is null");
    }

    public RegistryTarget target(ImageReference reference) {
        return map.target(reference);
    }
}
