package dev.slipway.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.OutgoingIndex;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.image.transfer.SourceImage;
import dev.slipway.localecr.LocalEcr;
import dev.slipway.localecr.LocalEcrOptions;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.pull.RegistryImageSource;
import dev.slipway.registry.push.RegistryImageTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the registry client does with the refusals of Amazon ECR, which two programs know that share no code. */
@Timeout(120)
class EcrTransferIT {
    private static final String HOST = "000000000000.dkr.ecr.us-east-1.amazonaws.com";
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    private final List<LocalEcr> started = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        transport.close();
        started.forEach(LocalEcr::close);
    }

    @Test
    void anIndexIsTakenAfterTheImagesThatItNames() throws IOException {
        LocalEcr ecr = start(options -> options);
        OutgoingImage image = image(7, 1000);
        Descriptor plain = image.manifestDescriptor();
        OutgoingIndex index = OutgoingIndex.of(
                MediaFamily.OCI,
                List.of(image.withDescriptor(
                        new Descriptor(plain.mediaType(), plain.digest(), plain.size(), Optional.of(AMD64), Map.of()))),
                Map.of());
        RegistryAccess access = access(ecr, signedIn(ecr));

        PushReceipt receipt = new RegistryImageTarget(access).push(index, List.of(name("app:1")));

        assertThat(receipt.digest()).isEqualTo(index.manifestDescriptor().digest());
        assertThat(new RegistryImageSource(access).resolve(name("app:1"), AMD64).digest())
                .isEqualTo(plain.digest());
    }

    @Test
    void whatIsPushedCanBePulledThroughTheSecondOrigin() throws IOException {
        LocalEcr ecr = start(options -> options);
        OutgoingImage image = image(1, 6_000_000, 12, 0);
        RegistryAccess access = access(ecr, signedIn(ecr));

        PushReceipt receipt = new RegistryImageTarget(access).push(image, List.of(name("app:1"), name("app:2")));
        SourceImage pulled = new RegistryImageSource(access).resolve(name("app:2"), AMD64);

        assertThat(receipt.uploadedBlobs()).isEqualTo(4);
        assertThat(pulled.digest()).isEqualTo(image.manifestDescriptor().digest());
        for (int i = 0; i < 3; i++) {
            try (InputStream in = pulled.layers().get(i).open()) {
                assertThat(Digest.of(in.readAllBytes()))
                        .isEqualTo(image.layers().get(i).descriptor().digest());
            }
        }
    }

    @Test
    void aMissingRepositoryIsNamedWhetherEcrSaysSoOrHangsUp() {
        OutgoingImage image = image(2, 1000);
        for (boolean hangsUp : List.of(true, false)) {
            LocalEcr ecr = start(options ->
                    options.withDropsUploads(hangsUp).withDataDirectory(directory.resolve("drops-" + hangsUp)));
            assertThatThrownBy(() ->
                            new RegistryImageTarget(access(ecr, signedIn(ecr))).push(image, List.of(name("absent:1"))))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("aws ecr create-repository --region us-east-1 --repository-name absent");
        }
    }

    @Test
    void anEndedTokenIsRenewed() {
        LocalEcr ecr = start(options -> options.withTokenLifetime(Duration.ofHours(1)));
        AtomicInteger renewals = new AtomicInteger();
        AtomicReference<Secret> password = new AtomicReference<>(ecr.issuePassword());
        Keychain keychain = new Keychain() {
            @Override
            public Optional<RegistryCredential> credentialFor(RegistryTarget target) {
                return Optional.of(new RegistryCredential("AWS", password.get()));
            }

            @Override
            public synchronized void rejected(RegistryTarget target, RegistryCredential credential) {
                if (credential.password().equals(password.get())) {
                    renewals.incrementAndGet();
                    password.set(ecr.issuePassword());
                }
            }
        };
        now.updateAndGet(time -> time.plus(Duration.ofHours(2)));

        PushReceipt receipt =
                new RegistryImageTarget(access(ecr, keychain)).push(image(3, 100, 200), List.of(name("app:1")));

        assertThat(receipt.uploadedBlobs()).isEqualTo(3);
        assertThat(renewals).hasValue(1);
    }

    @Test
    void anEndedTokenWithoutAnotherIsReported() {
        LocalEcr ecr = start(options -> options.withTokenLifetime(Duration.ofHours(1)));
        Keychain keychain = signedIn(ecr);
        now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
        assertThatThrownBy(() -> new RegistryImageSource(access(ecr, keychain)).resolve(name("app:1"), AMD64))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("expired")
                .hasMessageContaining("sign in anew");
    }

    @Test
    void layersAreMountedWhereTheRegistryAllowsIt() {
        LocalEcr ecr = start(options -> options.withBlobMounting(true));
        RegistryAccess access = access(ecr, signedIn(ecr));
        new RegistryImageTarget(access).push(image(4, 100_000), List.of(name("base:1")));
        List<BlobSource> layers =
                new RegistryImageSource(access).resolve(name("base:1"), AMD64).layers();

        PushReceipt receipt = new RegistryImageTarget(access).push(image(layers, "derived"), List.of(name("app:1")));

        assertThat(receipt.reusedBlobs()).isEqualTo(1);
        assertThat(receipt.uploadedBlobs()).isEqualTo(1);
    }

    @Test
    void withoutACredentialNothingIsAllowed() {
        LocalEcr ecr = start(options -> options);
        assertThatThrownBy(() -> new RegistryImageTarget(access(ecr, Keychain.ANONYMOUS))
                        .push(image(5, 10), List.of(name("app:1"))))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("sign in to " + HOST);
    }

    private LocalEcr start(UnaryOperator<LocalEcrOptions> change) {
        LocalEcrOptions options =
                LocalEcrOptions.in(directory.resolve("data"), now::get).withRepositories(List.of("app", "base"));
        LocalEcr ecr = LocalEcr.start(change.apply(options));
        started.add(ecr);
        return ecr;
    }

    private RegistryAccess access(LocalEcr ecr, Keychain keychain) {
        RegistryMap map = new RegistryMap(Map.of(HOST, ecr.uri()));
        RetryPolicy quick = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMinutes(1));
        return new RegistryAccess(transport, map, keychain, Retry.of(quick));
    }

    private static Keychain signedIn(LocalEcr ecr) {
        RegistryCredential credential = new RegistryCredential("AWS", ecr.issuePassword());
        return target -> Optional.of(credential);
    }

    private static ImageReference name(String name) {
        return ImageReference.parse(HOST + "/" + name);
    }

    private static OutgoingImage image(long seed, int... sizes) {
        Random random = new Random(seed);
        List<BlobSource> layers = new ArrayList<>();
        for (int size : sizes) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            layers.add(new Bytes(Descriptor.of(MediaType.OCI_LAYER_GZIP, bytes), bytes));
        }
        return image(layers, "seed " + seed);
    }

    private static OutgoingImage image(List<BlobSource> layers, String author) {
        List<Descriptor> descriptors =
                layers.stream().map(BlobSource::descriptor).toList();
        byte[] config = ImageJson.writeConfig(new ImageConfig(
                Optional.empty(),
                author,
                AMD64,
                ContainerConfig.EMPTY,
                descriptors.stream().map(Descriptor::digest).toList(),
                List.of()));
        Descriptor configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
        byte[] manifest =
                ImageJson.writeManifest(new Manifest(MediaType.OCI_MANIFEST, configDescriptor, descriptors, Map.of()));
        return new OutgoingImage(
                manifest, Descriptor.of(MediaType.OCI_MANIFEST, manifest), config, configDescriptor, layers);
    }

    /** A layer in memory. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Bytes(Descriptor descriptor, byte[] bytes) implements BlobSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
