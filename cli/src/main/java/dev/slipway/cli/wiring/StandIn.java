package dev.slipway.cli.wiring;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.http.Origin;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.LocalEcr;
import dev.slipway.localecr.LocalEcrOptions;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The stand-in for ECR that a command uses: one that runs already, or one that lives as long as the command. */
public final class StandIn implements AutoCloseable {
    private final Optional<URI> uri;
    private final Supplier<Secret> password;
    private final Runnable end;

    private StandIn(Optional<URI> uri, Supplier<Secret> password, Runnable end) {
        this.uri = requireNonNull(uri, "uri is null");
        this.password = requireNonNull(password, "password is null");
        this.end = requireNonNull(end, "end is null");
    }

    /** None: ECR is ECR. */
    public static StandIn absent() {
        return new StandIn(
                Optional.empty(),
                () -> {
                    throw new IllegalStateException("there is no stand-in");
                },
                () -> {});
    }

    /**
     * One that runs already.
     *
     * @param password asks it for a password of user {@code AWS}
     */
    public static StandIn at(URI uri, Supplier<Secret> password) {
        return new StandIn(Optional.of(uri), password, () -> {});
    }

    /**
     * Starts one for this command, with those repositories; closing stops it and deletes what it holds.
     *
     * @throws MachineException if it cannot be started
     */
    public static StandIn start(Surroundings surroundings, List<String> repositories) {
        Path data = temporaryDirectory(surroundings.stateDirectory());
        try {
            LocalEcr running = LocalEcr.start(
                    LocalEcrOptions.in(data, surroundings.clock()).withRepositories(repositories));
            return new StandIn(Optional.of(running.uri()), running::issuePassword, () -> {
                running.close();
                delete(data);
            });
        } catch (RuntimeException e) {
            delete(data);
            throw e;
        }
    }

    /** Where the registry and the AWS APIs answer, if there is a stand-in. */
    public Optional<URI> uri() {
        return uri;
    }

    /** The map with those registries' hosts led to the stand-in, except where the user leads them elsewhere. */
    public RegistryMap lead(Collection<String> hosts, RegistryMap given) {
        Map<String, URI> endpoints = new LinkedHashMap<>(given.endpoints());
        uri.ifPresent(address -> hosts.forEach(host -> endpoints.putIfAbsent(host, address)));
        return new RegistryMap(endpoints);
    }

    /** Knows the stand-in's own credential, and gives it to nobody else. */
    public Keychain keychain() {
        return target -> uri.filter(address -> target.origin().equals(Origin.of(address)))
                .map(_ -> new RegistryCredential("AWS", password.get()));
    }

    @Override
    public void close() {
        end.run();
    }

    private static Path temporaryDirectory(Path home) {
        try {
            Files.createDirectories(home);
            return Files.createTempDirectory(home, "local-ecr-");
        } catch (IOException e) {
            throw new MachineException(
                    Problem.of("make a directory for the local ECR", e.toString())
                            .at(home.toString()),
                    e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(StandIn::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            throw new MachineException(
                    Problem.of("delete what the local ECR held", e.toString()).at(directory.toString()), e);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
