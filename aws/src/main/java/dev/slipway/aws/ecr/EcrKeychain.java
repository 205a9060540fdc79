package dev.slipway.aws.ecr;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials for private ECR registries, of every account and region that the identity may use. A token is got once for
 * a region and renewed at half of its life, or when a registry refuses it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html">ECR, private registry
 *     authentication</a>
 */
public final class EcrKeychain implements Keychain {
    private final EcrClients clients;
    private final InstantSource clock;
    private final Map<Api, EcrTokens> tokens = new ConcurrentHashMap<>();

    public EcrKeychain(EcrAccess access, HttpTransport transport, InstantSource clock) {
        this.clients = new EcrClients(access, transport);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What a token is good for: tokens are bound to a region, not to an account. */
    private record Api(String region, boolean fips, boolean dualStack) {}

    /**
     * The token of the registry's region; empty for what is no ECR registry. A host that answers in a registry's place
     * is given it only where the endpoint of the API has been moved to the same host: then it is that host's own.
     */
    @Override
    public Optional<RegistryCredential> credentialFor(RegistryTarget target) {
        return EcrHost.parse(target.registry())
                .filter(host -> !target.mirrored() || isMovedTo(target))
                .map(host -> tokens(host).get());
    }

    @Override
    public void rejected(RegistryTarget target, RegistryCredential credential) {
        EcrHost.parse(target.registry()).ifPresent(host -> tokens(host).forget(credential));
    }

    /**
     * Gets the token of that registry in the background. The scope fails if the identity is refused, so that nobody
     * builds for an hour what cannot be pushed; a service that fails is asked again when the token is needed.
     */
    public void prefetch(TaskScope scope, EcrHost host) {
        var _ = scope.fork("ecr-token", () -> {
            try {
                return Optional.of(tokens(host).get());
            } catch (ServiceException e) {
                return Optional.empty();
            }
        });
    }

    private EcrTokens tokens(EcrHost host) {
        return tokens.computeIfAbsent(
                new Api(host.region(), host.fips(), host.dualStack()), _ -> new EcrTokens(clients, host, clock));
    }

    private boolean isMovedTo(RegistryTarget target) {
        return clients.access()
                .endpoint()
                .filter(endpoint ->
                        endpoint.getHost().equalsIgnoreCase(target.endpoint().getHost()))
                .isPresent();
    }
}
