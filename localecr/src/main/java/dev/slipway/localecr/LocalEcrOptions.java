package dev.slipway.localecr;

import static java.util.Objects.requireNonNull;

import dev.slipway.localecr.http.Access;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.sigv4.AccessKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a stand-in is set up; {@link #in} has the defaults.
 *
 * @param dataDirectory created if missing; used by one stand-in at a time
 * @param bindAddress a name or address of this machine
 * @param port of the registry and the APIs; 0 for any
 * @param layerPort of the second origin that layers are downloaded from; 0 for any
 * @param registry the account and region of callers and hosts that name none
 * @param accountsAreOne one set of repositories serves every account and region; otherwise an account comes from the
 *     access key (API) or the {@code Host} header (registry), and a token is good in its own region only
 * @param repositories names of repositories that are created at the start, where they are missing
 * @param accessKeys known callers; once one has a secret, signatures are verified and unknown keys refused
 * @param blobMounting the account setting {@code BLOB_MOUNTING}, which ECR leaves off
 * @param dropsUploads an upload to a missing repository ends the connection, as ECR does, instead of a clear 404
 * @param tokenLifetime of registry passwords
 * @param accessLog told of every request just before it is answered, on the thread of the request
 */
public record LocalEcrOptions(
        Path dataDirectory,
        String bindAddress,
        int port,
        int layerPort,
        RegistryId registry,
        boolean accountsAreOne,
        List<String> repositories,
        List<AccessKey> accessKeys,
        boolean blobMounting,
        boolean dropsUploads,
        InstantSource clock,
        Duration tokenLifetime,
        Consumer<Access> accessLog) {

    public LocalEcrOptions {
        requireNonNull(dataDirectory, "dataDirectory is null");
        requireNonNull(bindAddress, "bindAddress is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(tokenLifetime, "tokenLifetime is null");
        requireNonNull(accessLog, "accessLog is null");
        repositories = List.copyOf(repositories);
        accessKeys = List.copyOf(accessKeys);
    }

    /** Loopback, any port, account 000000000000 in us-east-1, no repositories, everybody welcome, 12 hours. */
    public static LocalEcrOptions in(Path dataDirectory, InstantSource clock) {
        return new LocalEcrOptions(
                dataDirectory,
                "127.0.0.1",
                0,
                0,
                new RegistryId("000000000000", "us-east-1"),
                true,
                List.of(),
                List.of(),
                false,
                false,
                clock,
                Duration.ofHours(12),
                access -> {});
    }

    public LocalEcrOptions withDataDirectory(Path newDataDirectory) {
        return new LocalEcrOptions(
                newDataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withBindAddress(String newBindAddress) {
        return new LocalEcrOptions(
                dataDirectory,
                newBindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withPort(int newPort) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                newPort,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withLayerPort(int newLayerPort) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                newLayerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withRegistry(RegistryId newRegistry) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                newRegistry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withAccountsAreOne(boolean newAccountsAreOne) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                newAccountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withRepositories(List<String> newRepositories) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                newRepositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withAccessKeys(List<AccessKey> newAccessKeys) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                newAccessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withBlobMounting(boolean newBlobMounting) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                newBlobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withDropsUploads(boolean newDropsUploads) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                newDropsUploads,
                clock,
                tokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withTokenLifetime(Duration newTokenLifetime) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                newTokenLifetime,
                accessLog);
    }

    public LocalEcrOptions withAccessLog(Consumer<Access> newAccessLog) {
        return new LocalEcrOptions(
                dataDirectory,
                bindAddress,
                port,
                layerPort,
                registry,
                accountsAreOne,
                repositories,
                accessKeys,
                blobMounting,
                dropsUploads,
                clock,
                tokenLifetime,
                newAccessLog);
    }
}
