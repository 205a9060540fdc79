package dev.slipway.cli.wiring;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.aws.ecr.EcrAccess;
import dev.slipway.aws.ecr.EcrKeychain;
import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.ImageTarget;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.DockerConfigKeychain;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.pull.RegistryImageSource;
import dev.slipway.registry.push.RegistryImageTarget;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

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
                RemoteAccess.of(transport, proxies(surroundings), Retry.of(RetryPolicy.standard())),
                events,
                surroundings.clock()));
    }

    /** The registries that images are sent to. */
    public ImageTarget target(RegistryMap map, Keychain keychain) {
        return new RegistryImageTarget(new RegistryAccess(transport, map, keychain, Retry.of(RetryPolicy.standard())));
    }

    /** The images of registries, each asked once: for those that only look. */
    public ImageSource images(RegistryMap map, Keychain keychain) {
        return new RegistryImageSource(new RegistryAccess(transport, map, keychain, Retry.of(RetryPolicy.never())));
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

    /**
     * ECR with the access key that the environment holds; nothing where there is none.
     *
     * @throws InvalidInputException if the environment's key or endpoint cannot be used
     */
    public Keychain ecrFromEnvironment() {
        Optional<String> id = surroundings.variable("AWS_ACCESS_KEY_ID");
        Optional<Secret> secret = surroundings.variable("AWS_SECRET_ACCESS_KEY").map(Secret::of);
        if (id.isEmpty() || secret.isEmpty()) {
            return Keychain.ANONYMOUS;
        }
        Optional<Secret> session = surroundings.variable("AWS_SESSION_TOKEN").map(Secret::of);
        AwsLogin login = checked(() -> new AwsLogin.StaticKeys(new AwsCredentials(id.get(), secret.get(), session)));
        return new EcrKeychain(new EcrAccess(login, ecrEndpoint()), transport, surroundings.clock());
    }

    /**
     * Where the environment says that ECR's API is.
     *
     * @throws InvalidInputException if that is no address
     */
    public Optional<URI> ecrEndpoint() {
        return checked(() -> EcrAccess.endpointFrom(surroundings.environment()));
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
        return checked(() -> ProxySettings.from(surroundings.environment()));
    }

    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of("the environment", String.valueOf(e.getMessage())));
        }
    }
}
