package dev.slipway.step.run;

import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import java.util.Map;
import java.util.Optional;

/** The credentials of a step's connectors for base images; for the registries themselves, not for mirrors of them. */
record BaseImageKeychain(Map<String, RegistryCredential> credentials) implements Keychain {
    @Override
    public Optional<RegistryCredential> credentialFor(RegistryTarget target) {
        return target.mirrored() ? Optional.empty() : Optional.ofNullable(credentials.get(target.registry()));
    }
}
