package dev.slipway.registry;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.http.Origin;
import java.net.URI;

/**
 * A repository and where it is found: what a call is sent to, and what credentials are looked up for.
 *
 * @param registry the host as image names spell it, e.g. {@code docker.io}
 * @param endpoint base address that answers for it: http or https, with a path only where a mirror keeps the
 *     repositories below one; never ends with a slash
 * @param repository as image names spell it, e.g. {@code library/busybox}
 */
public record RegistryTarget(String registry, URI endpoint, String repository) {
    public RegistryTarget {
        requireNonNull(registry, "registry is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(repository, "repository is null");
    }

    /** {@code registry/repository}, as errors name it. */
    public String name() {
        return registry + "/" + repository;
    }

    /** The repository's name at the endpoint: the endpoint's path is its first part. */
    public String remoteRepository() {
        String prefix = endpoint.getRawPath();
        return prefix.isEmpty() ? repository : prefix.substring(1) + "/" + repository;
    }

    public Origin origin() {
        return Origin.of(endpoint);
    }

    /** Whether another host than the registry's own answers: its credentials are not those of the registry. */
    public boolean mirrored() {
        return !Origin.of(RegistryMap.defaultEndpoint(registry)).equals(origin());
    }

    /** {@code host[:port]} of the endpoint. */
    public String endpointHost() {
        return endpoint.getRawAuthority();
    }

    /** An address below {@code /v2/<repository>/}. */
    public URI resolve(String path) {
        return URI.create(origin() + "/v2/" + remoteRepository() + "/" + path);
    }
}
