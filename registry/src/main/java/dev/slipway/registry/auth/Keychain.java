package dev.slipway.registry.auth;

import dev.slipway.registry.RegistryTarget;
import java.util.List;
import java.util.Optional;

/** Knows credentials for registries. Thread-safe. May be asked once for each request, and so remembers what is costly. */
@FunctionalInterface
public interface Keychain {
    /** Knows nothing: everything is done without signing in. */
    Keychain ANONYMOUS = target -> Optional.empty();

    /**
     * The credential for that repository, or empty if there is none. A target that is {@link RegistryTarget#mirrored}
     * is served by another host, which must not be given the registry's own credential unless the user says so.
     *
     * @throws dev.slipway.foundation.error.NotAllowedException if there should be one and it cannot be got
     * @throws dev.slipway.foundation.error.ServiceException if the service that gives it fails
     */
    Optional<RegistryCredential> credentialFor(RegistryTarget target);

    /**
     * Told when the registry refused a credential, so that a short-lived one is got anew when next asked. Asked again
     * at once; if the answer is the same credential, the refusal stands.
     */
    default void rejected(RegistryTarget target, RegistryCredential credential) {}

    /** Asks the keychains in order; the first that knows a credential wins. */
    static Keychain firstOf(List<Keychain> keychains) {
        List<Keychain> all = List.copyOf(keychains);
        return new Keychain() {
            @Override
            public Optional<RegistryCredential> credentialFor(RegistryTarget target) {
                return all.stream()
                        .flatMap(keychain -> keychain.credentialFor(target).stream())
                        .findFirst();
            }

            @Override
            public void rejected(RegistryTarget target, RegistryCredential credential) {
                all.forEach(keychain -> keychain.rejected(target, credential));
            }
        };
    }
}
