package dev.slipway.cli.wiring;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.DockerConfigKeychain;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.pull.RegistryImageSource;
import dev.slipway.registry.push.RegistryImageTarget;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one command builds with: the transport, and on it registries as source and target. */
public final class Workshop implements AutoCloseable {
    private final Surroundings surroundings;
    private final EventSink events;
    private final HttpTransport transport;

    private Workshop(Surroundings surroundings, EventSink events, HttpTransport transport) {
        this.surroundings = surroundings;
        this.events = events;
        this.transport = transport;
    }

    /** @throws InvalidInputException if the environment names a proxy that is none */
    public static Workshop open(Surroundings surroundings, String version, EventSink events) {
        requireNonNull(events, "events is null");
        HttpSettings settings = HttpSettings.forVersion(version).proxies(proxies(surroundings));
        return new Workshop(surroundings, events, new JdkHttpTransport(settings));
    }

    /** A builder that finds registries as the map says and signs in with what the keychain knows. */
    public ImageBuilder builder(Builders builders, RegistryMap map, Keychain keychain) {
        RegistryAccess access = new RegistryAccess(transport, map, keychain, Retry.of(RetryPolicy.standard()));
        return builders.with(new BuildEnvironment(
                surroundings.stateDirectory(),
                new RegistryImageSource(access),
                new RegistryImageTarget(access),
                events,
                surroundings.clock()));
    }

    /** What Docker's configuration knows; nothing where there is none. */
    public Keychain dockerConfiguration() {
        Path directory = surroundings
                .variable("DOCKER_CONFIG")
                .map(Path::of)
                .map(surroundings::resolve)
                .orElseGet(() -> surroundings.userHome().resolve(".docker"));
        Path file = directory.resolve("config.json");
        return Files.exists(file) ? DockerConfigKeychain.read(file) : Keychain.ANONYMOUS;
    }

    /** The transport, which stays the workshop's. */
    public HttpTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
    }

    private static ProxySettings proxies(Surroundings surroundings) {
        try {
            return ProxySettings.from(surroundings.environment());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of("the proxy settings", String.valueOf(e.getMessage()))
                    .remedy("mend HTTPS_PROXY or HTTP_PROXY"));
        }
    }
}
