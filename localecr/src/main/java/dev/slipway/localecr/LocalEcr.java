package dev.slipway.localecr;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.control.ControlPlane;
import dev.slipway.localecr.http.Endpoint;
import dev.slipway.localecr.http.Listener;
import dev.slipway.localecr.key.RegistryTokens;
import dev.slipway.localecr.key.SessionCredentials;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.origin.LayerAddresses;
import dev.slipway.localecr.origin.LayerOrigin;
import dev.slipway.localecr.sigv4.Callers;
import dev.slipway.localecr.store.ImagePublisher;
import dev.slipway.localecr.store.Repositories;
import dev.slipway.localecr.store.RepositorySettings;
import dev.slipway.localecr.store.Storage;
import dev.slipway.localecr.sts.StsEndpoint;
import dev.slipway.localecr.v2.RegistryBehaviour;
import dev.slipway.localecr.v2.RegistryEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/**
 * A running stand-in for Amazon ECR: the registry protocol, ECR's API and a little of STS on one port, layers on a second
 * one. What it holds survives in its data directory, tokens included.
 */
public final class LocalEcr implements AutoCloseable {
    private final LocalEcrOptions options;
    private final Storage storage;
    private final RegistryTokens tokens;
    private final Listener layers;
    private final Listener front;

    private LocalEcr(LocalEcrOptions options, Storage storage, RegistryTokens tokens, Listener layers, Listener front) {
        this.options = options;
        this.storage = storage;
        this.tokens = tokens;
        this.layers = layers;
        this.front = front;
    }

    /**
     * Starts to listen; the ports answer when this returns.
     *
     * @throws InvalidInputException if a repository of the options has no valid name
     * @throws MachineException if the data directory or a port cannot be used
     */
    public static LocalEcr start(LocalEcrOptions options) {
        requireNames(options);
        try {
            Storage storage = Storage.open(options.dataDirectory(), options.accountsAreOne());
            try {
                return start(options, storage);
            } catch (IOException | RuntimeException e) {
                storage.close();
                throw e;
            }
        } catch (IOException e) {
            String where = options.bindAddress() + ":" + options.port() + ", " + options.dataDirectory();
            throw new MachineException(
                    Problem.of("start a local ECR", String.valueOf(e.getMessage()))
                            .at(where),
                    e);
        }
    }

    private static LocalEcr start(LocalEcrOptions options, Storage storage) throws IOException {
        InstantSource clock = options.clock();
        createRepositories(options, storage.repositories(options.registry()));
        RegistryTokens tokens = new RegistryTokens(storage.key(), clock, options.tokenLifetime());
        LateEndpoint origin = new LateEndpoint();
        Listener layers = listen(options, options.layerPort(), origin);
        try {
            LayerAddresses addresses = new LayerAddresses(storage.key(), clock, layers.port());
            origin.set(new LayerOrigin(storage, addresses));
            SessionCredentials sessions = new SessionCredentials(storage.key(), clock);
            Callers callers = new Callers(
                    options.accessKeys(), sessions, options.registry().account(), clock);
            RegistryEndpoint registry = new RegistryEndpoint(
                    storage,
                    tokens,
                    addresses,
                    new ImagePublisher(clock),
                    options.registry(),
                    options.accountsAreOne(),
                    new RegistryBehaviour(options.blobMounting(), options.dropsUploads()));
            FrontDoor door = new FrontDoor(
                    registry, new ControlPlane(storage, callers, tokens, clock), new StsEndpoint(callers, sessions));
            return new LocalEcr(options, storage, tokens, layers, listen(options, options.port(), door));
        } catch (IOException | RuntimeException e) {
            layers.close();
            throw e;
        }
    }

    private static Listener listen(LocalEcrOptions options, int port, Endpoint endpoint) throws IOException {
        return Listener.open(
                new InetSocketAddress(options.bindAddress(), port), endpoint, options.accessLog(), options.clock());
    }

    private static void requireNames(LocalEcrOptions options) {
        List<Problem> wrong = options.repositories().stream()
                .filter(name -> !RepositoryName.isName(name))
                .map(name -> Problem.of("create repository " + name, "ECR takes no such name")
                        .remedy("use lower-case letters, digits and . _ - /"))
                .toList();
        if (!wrong.isEmpty()) {
            throw new InvalidInputException(wrong);
        }
    }

    private static void createRepositories(LocalEcrOptions options, Repositories repositories) throws IOException {
        for (String name : options.repositories()) {
            RepositoryName wanted = new RepositoryName(name);
            if (repositories.find(wanted).isEmpty()) {
                repositories.create(
                        RepositorySettings.of(wanted, options.clock().instant()));
            }
        }
    }

    /** Where the registry and the APIs are: {@code http://127.0.0.1:<port>}. */
    public URI uri() {
        return URI.create("http://" + host() + ":" + front.port());
    }

    /** Where layers are downloaded from, after a redirect. */
    public URI layerUri() {
        return URI.create("http://" + host() + ":" + layers.port());
    }

    /** A fresh password of user {@code AWS} in the default registry, as {@code GetAuthorizationToken} gives out. */
    public Secret issuePassword() {
        return tokens.issue(options.registry()).password();
    }

    /** What a person needs to know to use it, a line each. */
    public List<String> describe() {
        return List.of(
                "Local ECR at " + uri() + ", layers at " + layerUri(),
                "Account " + options.registry().account() + ", region "
                        + options.registry().region()
                        + (options.accountsAreOne() ? ", the same repositories for every account and region" : ""),
                "Repositories at the start: "
                        + (options.repositories().isEmpty() ? "none" : String.join(", ", options.repositories())),
                "Data in " + options.dataDirectory(),
                "For the AWS CLI and SDKs: AWS_ENDPOINT_URL_ECR=" + uri() + " AWS_ENDPOINT_URL_STS=" + uri());
    }

    /** A wildcard is no address to connect to. */
    private String host() {
        return switch (options.bindAddress()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            case String address when address.contains(":") -> "[" + address + "]";
            case String address -> address;
        };
    }

    /** Lets running requests end for a moment, then stops. Idempotent. */
    @Override
    public void close() {
        front.close();
        layers.close();
        try {
            storage.close();
        } catch (IOException e) {
            throw new MachineException(
                    Problem.of("stop the local ECR", String.valueOf(e.getMessage()))
                            .at(options.dataDirectory().toString()),
                    e);
        }
    }
}
