package dev.slipway.registry.pull;

import static dev.slipway.registry.testing.ScriptedRegistry.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.SourceImage;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.registry.testing.Fixture;
import dev.slipway.registry.testing.GeneratedImage;
import dev.slipway.registry.testing.ScriptedRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pulling from a registry that misbehaves. */
@Timeout(60)
class PullFaultsIT {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final String MANIFEST = "GET /v2/app/manifests/1";
    private static final String BLOB = "GET /v2/app/blobs/DIGEST";

    private final Fixture fixture = new Fixture();
    private final ScriptedRegistry registry = fixture.registry();
    private final OutgoingImage image = GeneratedImage.of(1, 300_000);

    PullFaultsIT() throws IOException {
        registry.store(image, "1");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void choosesTheManifestOfThePlatform() throws IOException {
        OutgoingImage other = GeneratedImage.of(2, 10);
        registry.store(other, "other");
        registry.storeManifest(index(entry(other, "linux", "s390x"), entry(image, "linux", "amd64")), "multi");

        assertThat(resolve("app:multi").digest())
                .isEqualTo(image.manifestDescriptor().digest());
    }

    @Test
    void namesThePlatformsThereAre() {
        registry.storeManifest(
                index(
                        entry(image, "linux", "s390x"),
                        entry(image, "windows", "amd64"),
                        entry(image, "unknown", "unknown")),
                "multi");
        assertThatThrownBy(() -> resolve("app:multi"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("no image for linux/amd64; there is linux/s390x, windows/amd64;");
    }

    @Test
    void indexesInIndexesEnd() {
        byte[] inner = index(entry(image, "linux", "amd64"));
        for (int depth = 1; depth <= 4; depth++) {
            registry.storeManifest(inner, "depth" + depth);
            inner = index(entry(Descriptor.of(MediaType.OCI_INDEX, inner), "linux", "amd64"));
        }
        assertThat(resolve("app:depth3").digest())
                .isEqualTo(image.manifestDescriptor().digest());
        assertThatThrownBy(() -> resolve("app:depth4"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void refusesAManifestThatIsNotWhatItsDigestSays() {
        byte[] forged = GeneratedImage.of(5, 10).manifest();
        Digest digest = image.manifestDescriptor().digest();
        registry.plant(
                100,
                request -> request.startsWith("GET /v2/app/manifests/"),
                exchange -> reply(exchange, 200, new String(forged, UTF_8)));
        assertThatThrownBy(() -> new RegistryImageSource(fixture.access(Keychain.ANONYMOUS))
                        .resolve(fixture.name("app:1").withDigest(digest), AMD64))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("should be " + digest + " but is " + Digest.of(forged));
    }

    @Test
    void refusesAManifestThatIsNotWhatTheRegistryItselfSays() {
        registry.plant(
                100,
                MANIFEST::equals,
                exchange -> reply(
                        exchange,
                        200,
                        new String(image.manifest(), UTF_8),
                        "Docker-Content-Digest",
                        Digest.of(new byte[0]).toString()));
        assertThatThrownBy(() -> resolve("app:1"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("but is " + image.manifestDescriptor().digest());
    }

    @Test
    void doesWithoutTheRegistrysDigest() {
        registry.plant(
                100,
                MANIFEST::equals,
                exchange -> reply(exchange, 200, new String(image.manifest(), UTF_8), "Content-Type", "text/plain"));
        assertThat(resolve("app:1").digest())
                .isEqualTo(image.manifestDescriptor().digest());
    }

    @Test
    void refusesAManifestOfMoreThanFourMebibytes() {
        registry.plant(100, MANIFEST::equals, exchange -> reply(exchange, 200, " ".repeat((4 << 20) + 1)));
        assertThatThrownBy(() -> resolve("app:1"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("larger than 4 MiB");
    }

    @Test
    void refusesSchema1WithAWordOnWhy() {
        registry.plant(
                100,
                MANIFEST::equals,
                exchange -> reply(
                        exchange,
                        200,
                        "{\"schemaVersion\":1,\"name\":\"app\",\"fsLayers\":[]}",
                        "Content-Type",
                        "application/vnd.docker.distribution.manifest.v1+prettyjws"));
        assertThatThrownBy(() -> resolve("app:1"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("Docker's schema 1");
    }

    @Test
    void refusesAConfigThatIsNotWhatItsDigestSays() {
        String forged = new String(image.config(), UTF_8).replace("amd64", "arm64");
        registry.plant(100, BLOB::equals, exchange -> reply(exchange, 200, forged));
        assertThatThrownBy(() -> resolve("app:1"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("read config " + image.configDescriptor().digest());
    }

    @Test
    void aLayerIsReadFromTheHostThatTheRegistryRedirectsToWithoutCredentials() throws IOException {
        // Amazon ECR redirects to Amazon S3, which answers 400 to a request that carries two kinds of credential
        try (ScriptedRegistry storage = new ScriptedRegistry()) {
            storage.store(image, "x");
            storage.guard(
                    exchange -> !exchange.getRequestHeaders().containsKey("Authorization"),
                    exchange -> reply(exchange, 400, "Only one auth mechanism allowed"));
            registry.plant(
                    100,
                    BLOB::equals,
                    exchange -> reply(
                            exchange,
                            307,
                            "",
                            "Location",
                            "http://" + storage.host()
                                    + exchange.getRequestURI().getPath() + "?X-Amz-Signature=abc"));
            Keychain keychain = target -> Optional.of(new RegistryCredential("AWS", Secret.of("pass")));

            SourceImage resolved =
                    new RegistryImageSource(fixture.access(keychain)).resolve(fixture.name("app:1"), AMD64);

            assertThat(digestOfLayer(resolved))
                    .isEqualTo(image.layers().getFirst().descriptor().digest());
        }
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItWas() throws IOException {
        SourceImage resolved = resolve("app:1");
        List<String> ranges = new CopyOnWriteArrayList<>();
        AtomicInteger left = new AtomicInteger(2);
        registry.plant(10, BLOB::equals, exchange -> {
            ranges.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                    .orElse("whole"));
            return left.getAndDecrement() > 0 && shortBody(exchange);
        });

        assertThat(digestOfLayer(resolved))
                .isEqualTo(image.layers().getFirst().descriptor().digest());
        assertThat(ranges).hasSize(3).startsWith("whole");
        assertThat(ranges.get(1)).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void aBlobOfAnotherSizeIsRefusedBeforeItIsRead() {
        SourceImage resolved = resolve("app:1");
        registry.plant(10, BLOB::equals, exchange -> reply(exchange, 200, "short"));
        assertThatThrownBy(() -> digestOfLayer(resolved))
                .hasMessageContaining("not the 300000 bytes that the manifest says");
    }

    @Test
    void failuresBeforeTheFirstByteAreRepeated() throws IOException {
        SourceImage resolved = resolve("app:1");
        registry.plant(2, BLOB::equals, exchange -> reply(exchange, 503, "busy"));
        registry.plant(1, BLOB::equals, ScriptedRegistry::drop);
        assertThat(digestOfLayer(resolved))
                .isEqualTo(image.layers().getFirst().descriptor().digest());
        assertThat(fixture.pauses()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void signsInByToken() {
        TokenService tokens = new TokenService(registry, "user:pass");
        Keychain keychain = target -> Optional.of(new RegistryCredential("user", Secret.of("pass")));
        RegistryImageSource source = new RegistryImageSource(fixture.access(keychain));

        source.resolve(fixture.name("app:1"), AMD64);
        source.resolve(fixture.name("app:1"), AMD64);

        assertThat(tokens.queries()).containsExactly("service=test.example&scope=repository:app:pull");
    }

    @Test
    void signsInByTokenWithoutAUser() {
        TokenService tokens = new TokenService(registry, "");
        resolve("app:1");
        assertThat(tokens.queries()).hasSize(1);
    }

    @Test
    void aTokenThatIsRefusedIsFetchedAnewOnce() {
        TokenService tokens = new TokenService(registry, "");
        RegistryImageSource source = new RegistryImageSource(fixture.access(Keychain.ANONYMOUS));
        source.resolve(fixture.name("app:1"), AMD64);
        tokens.endAll();
        source.resolve(fixture.name("app:1"), AMD64);
        assertThat(tokens.queries()).hasSize(2);
    }

    @Test
    void aUserThatTheTokenServiceRefusesIsReported() {
        TokenService tokens = new TokenService(registry, "user:pass");
        Keychain keychain = target -> Optional.of(new RegistryCredential("user", Secret.of("hunter2")));
        assertThatThrownBy(
                        () -> new RegistryImageSource(fixture.access(keychain)).resolve(fixture.name("app:1"), AMD64))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("the token service http://" + registry.host() + " answered 401")
                .hasMessageContaining("check user name and password")
                .hasMessageNotContaining("hunter2");
        assertThat(tokens.queries()).hasSize(1);
    }

    private SourceImage resolve(String name) {
        ImageReference reference = fixture.name(name);
        return new RegistryImageSource(fixture.access(Keychain.ANONYMOUS)).resolve(reference, AMD64);
    }

    private static Digest digestOfLayer(SourceImage image) throws IOException {
        try (InputStream in = image.layers().getFirst().open()) {
            return Digest.of(in.readAllBytes());
        }
    }

    /** Announces what is left, sends 50,000 bytes of it and closes the connection. */
    private boolean shortBody(HttpExchange exchange) throws IOException {
        byte[] content = ((GeneratedImage.Blob) image.layers().getFirst()).bytes();
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (range != null) {
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-299999/300000");
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, 50_000);
        exchange.getResponseBody().flush();
        throw new IOException("planted");
    }

    private static byte[] index(String... entries) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                        + String.join(",", entries) + "]}")
                .getBytes(UTF_8);
    }

    private static String entry(OutgoingImage image, String os, String architecture) {
        return entry(image.manifestDescriptor(), os, architecture);
    }

    private static String entry(Descriptor descriptor, String os, String architecture) {
        return GeneratedImage.json(descriptor)
                .replaceFirst("}$", ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"}}");
    }
}
