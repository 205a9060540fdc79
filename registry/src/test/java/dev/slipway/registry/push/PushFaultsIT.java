package dev.slipway.registry.push;

import static dev.slipway.registry.testing.ScriptedRegistry.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Digest;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.registry.testing.Fixture;
import dev.slipway.registry.testing.GeneratedImage;
import dev.slipway.registry.testing.ScriptedRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushing to a registry that misbehaves. */
@Timeout(60)
class PushFaultsIT {
    private static final String POST = "POST /v2/app/blobs/uploads/";
    private static final String PATCH = "PATCH /v2/app/blobs/uploads/SESSION";
    private static final String PUT = "PUT /v2/app/blobs/uploads/SESSION";
    private static final String HEAD = "HEAD /v2/app/blobs/DIGEST";
    private static final String PUT_MANIFEST = "PUT /v2/app/manifests/1";

    private final Fixture fixture = new Fixture();
    private final ScriptedRegistry registry = fixture.registry();
    private final OutgoingImage image = GeneratedImage.of(1, 200_000);
    private final Digest layer = image.layers().getFirst().descriptor().digest();

    PushFaultsIT() throws IOException {}

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204})
    void takesEveryAnswerToAPatchThatMeansSuccess(int status) {
        // Amazon ECR answers 201 where the specification says 202
        registry.plant(2, PATCH::equals, exchange -> {
            exchange.getResponseHeaders().add("Range", "0-0");
            return status != 202 && servedAs(exchange, status);
        });
        assertThat(push().uploadedBlobs()).isEqualTo(2);
    }

    @Test
    void aDroppedUploadBeginsInANewSession() {
        registry.plant(1, PATCH::equals, ScriptedRegistry::drop);

        assertThat(push().uploadedBlobs()).isEqualTo(2);

        assertThat(registry.hasBlob(layer)).isTrue();
        assertThat(Collections.frequency(registry.log(), POST)).isEqualTo(3);
        assertThat(Collections.frequency(registry.log(), PATCH)).isEqualTo(3);
    }

    @Test
    void bytesAreNeverSentTwiceIntoOneSession() {
        // the session keeps the bytes although the answer is lost: a second PATCH would be refused, or appended
        registry.plant(1, PATCH::equals, exchange -> {
            registry.serve(new Silent(exchange), exchange.getRequestURI().getPath());
            throw new IOException("planted");
        });
        push();
        assertThat(registry.hasBlob(layer)).isTrue();
    }

    @Test
    void anUploadThatEndedAlthoughItsAnswerWasLostIsNotSentAgain() {
        registry.plant(1, PUT::equals, exchange -> {
            registry.serve(new Silent(exchange), exchange.getRequestURI().getPath());
            throw new IOException("planted");
        });
        push();
        assertThat(Collections.frequency(registry.log(), PATCH)).isEqualTo(2);
        assertThat(registry.hasBlob(layer)).isTrue();
    }

    @Test
    void aSlowCommitIsFoundByTheNextAttempt() {
        // the answer is 504 and the look that follows finds nothing yet; the next attempt looks first
        AtomicInteger looks = new AtomicInteger();
        OutgoingImage one = GeneratedImage.of(2, List.of());
        registry.plant(1, PUT::equals, exchange -> {
            registry.serve(new Silent(exchange), exchange.getRequestURI().getPath());
            return reply(exchange, 504, "");
        });
        registry.plant(10, HEAD::equals, exchange -> looks.incrementAndGet() == 2 && reply(exchange, 404, ""));

        PushReceipt receipt = push(Keychain.ANONYMOUS, one, "app:1");

        assertThat(receipt.uploadedBlobs()).isEqualTo(1);
        assertThat(Collections.frequency(registry.log(), PATCH)).isEqualTo(1);
    }

    @Test
    void serverErrorsAreRepeatedWithGrowingPauses() {
        registry.plant(3, PUT_MANIFEST::equals, exchange -> reply(exchange, 500, "oops"));
        push();
        assertThat(fixture.pauses())
                .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
    }

    @Test
    void aThrottledRequestWaitsAsLongAsItIsAskedTo() {
        registry.plant(
                1,
                PUT_MANIFEST::equals,
                exchange -> reply(
                        exchange,
                        429,
                        "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"Rate exceeded\"}]}",
                        "Retry-After",
                        "7"));
        push();
        assertThat(fixture.pauses()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void whatKeepsFailingIsReportedWithTheRegistrysOwnWords() {
        registry.plant(
                100,
                PUT_MANIFEST::equals,
                exchange -> reply(
                        exchange, 429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"Rate exceeded\"}]}"));
        assertThatThrownBy(this::push)
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(
                        registry.host() + "/app: push manifest 1: the registry answered 429 TOOMANYREQUESTS")
                .hasMessageContaining("Rate exceeded");
        assertThat(fixture.pauses()).hasSize(5);
    }

    @Test
    void aRefusalIsNotRepeated() {
        registry.plant(
                100,
                POST::equals,
                exchange -> reply(
                        exchange,
                        403,
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"User: arn:aws:iam::1:user/x"
                                + " is not authorized to perform: ecr:InitiateLayerUpload on resource: y\"}]}"));
        assertThatThrownBy(this::push)
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("allow ecr:InitiateLayerUpload");
        assertThat(fixture.pauses()).isEmpty();
    }

    @Test
    void anEndedCredentialIsRenewedOnceAndTheRequestRepeated() {
        Renewing keychain = new Renewing("old-password", "new-password");
        registry.guard(
                exchange -> authorization(exchange).equals(basic("new-password")),
                exchange ->
                        reply(exchange, 403, "Your authorization token has expired. Reauthenticate and try again."));

        push(keychain, image, "app:1");

        assertThat(registry.hasManifest("1")).isTrue();
        assertThat(keychain.renewals.get()).isBetween(1, 4);
    }

    @Test
    void aCredentialThatEndsDuringAnUploadMakesItBeginAnew() {
        Renewing keychain = new Renewing("old-password", "new-password");
        registry.plant(1, PATCH::equals, exchange -> reply(exchange, 401, "Not Authorized"));

        push(keychain, image, "app:1");

        assertThat(registry.hasBlob(layer)).isTrue();
        assertThat(Collections.frequency(registry.log(), POST)).isEqualTo(3);
    }

    @Test
    void aCredentialThatStaysRefusedIsReportedWithoutItsPassword() {
        registry.guard(
                exchange -> false,
                exchange ->
                        reply(exchange, 403, "the token c2VjcmV0 old-password has expired " + authorization(exchange)));
        assertThatThrownBy(() -> push(new Renewing("old-password", "old-password"), image, "app:1"))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("sign in anew")
                .hasMessageNotContaining("old-password")
                .hasMessageNotContaining(basic("old-password").substring(6));
    }

    @Test
    void aRegistryThatStoresSomethingElseIsFoundOut() {
        Digest other = Digest.of(new byte[] {1});
        registry.plant(
                100,
                PUT_MANIFEST::equals,
                exchange -> reply(exchange, 201, "", "Docker-Content-Digest", other.toString()));
        assertThatThrownBy(this::push)
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("the digest is " + other);
    }

    @Test
    void anImmutableTagThatNamesTheImageAlreadyIsLeftAlone() throws IOException {
        registry.store(image, "1");
        registry.plant(100, PUT_MANIFEST::equals, PushFaultsIT::immutable);

        assertThat(push().uploadedBlobs()).isZero();
    }

    @Test
    void anImmutableTagOfAnotherImageIsReported() throws IOException {
        registry.store(GeneratedImage.of(9, 10), "1");
        registry.plant(100, PUT_MANIFEST::equals, PushFaultsIT::immutable);

        assertThatThrownBy(this::push)
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("TAG_INVALID")
                .hasMessageContaining("choose a tag that is not taken");
    }

    @Test
    void aManifestThatWasTakenAlthoughItsAnswerWasLostIsASuccess() {
        registry.plant(1, PUT_MANIFEST::equals, exchange -> {
            registry.serve(new Silent(exchange), exchange.getRequestURI().getPath());
            throw new IOException("planted");
        });
        registry.plant(1, PUT_MANIFEST::equals, PushFaultsIT::immutable);
        push();
        assertThat(registry.hasManifest("1")).isTrue();
    }

    @Test
    void aMountThatIsDoneSavesTheUpload() {
        registry.plant(1, (POST + "?mount")::equals, exchange -> reply(exchange, 201, ""));
        PushReceipt receipt = push(Keychain.ANONYMOUS, mountable(), "app:1");
        assertThat(receipt.reusedBlobs()).isEqualTo(1);
    }

    @Test
    void aMountThatIsNotDoneGoesOnInTheSessionItWasGiven() {
        PushReceipt receipt = push(Keychain.ANONYMOUS, mountable(), "app:1");
        assertThat(receipt.uploadedBlobs()).isEqualTo(2);
        assertThat(Collections.frequency(registry.log(), POST)).isEqualTo(1); // the config's
        assertThat(Collections.frequency(registry.log(), POST + "?mount")).isEqualTo(1);
    }

    @Test
    void aMountThatIsRefusedIsFollowedByAnUpload() {
        registry.plant(1, (POST + "?mount")::equals, exchange -> reply(exchange, 403, "no"));
        assertThat(push(Keychain.ANONYMOUS, mountable(), "app:1").uploadedBlobs())
                .isEqualTo(2);
    }

    @Test
    void nothingIsSignedForTheHostThatAnUploadIsSentTo() throws IOException {
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            List<String> seen = new CopyOnWriteArrayList<>();
            other.plant(9, request -> true, exchange -> {
                seen.add(authorization(exchange));
                return reply(exchange, 201, "");
            });
            registry.plant(
                    2,
                    POST::equals,
                    exchange -> reply(exchange, 202, "", "Location", "http://" + other.host() + "/up?x=1"));
            push(new Renewing("old-password", "new-password"), image, "app:1");
            assertThat(seen).hasSize(4).containsOnly("");
        }
    }

    @Test
    void eachBlobIsSentOnce() {
        BlobSource blob = image.layers().getFirst();
        push(Keychain.ANONYMOUS, GeneratedImage.of(3, List.of(blob, blob, blob)), "app:1");
        assertThat(Collections.frequency(registry.log(), PATCH)).isEqualTo(2);
    }

    @Test
    void aLayerThatCannotBeReadLeavesNoManifest() {
        BlobSource broken =
                new GeneratedImage.Blob(image.layers().getFirst().descriptor(), new byte[5], Optional.empty());
        assertThatThrownBy(() -> push(Keychain.ANONYMOUS, GeneratedImage.of(4, List.of(broken)), "app:1"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("push blob " + layer)
                .hasMessageContaining("199995 bytes before its length");
        assertThat(registry.hasManifest("1")).isFalse();
    }

    @Test
    void anInterruptEndsAPushAtOnceAndLeavesNoManifest() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        registry.plant(9, PATCH::equals, exchange -> {
            sending.countDown();
            return waitFor(done);
        });
        FutureTask<Throwable> push = new FutureTask<>(() -> catchThrowable(this::push));
        Thread thread = Thread.startVirtualThread(push);
        sending.await();
        thread.interrupt();

        assertThat(push.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
        done.countDown();
        assertThat(registry.hasManifest("1")).isFalse();
    }

    private OutgoingImage mountable() {
        GeneratedImage.Blob blob = (GeneratedImage.Blob) image.layers().getFirst();
        Optional<ImageReference> base = Optional.of(fixture.name("base:1"));
        return GeneratedImage.of(5, List.of(new GeneratedImage.Blob(blob.descriptor(), blob.bytes(), base)));
    }

    private PushReceipt push() {
        return push(Keychain.ANONYMOUS, image, "app:1");
    }

    private PushReceipt push(Keychain keychain, OutgoingImage pushed, String name) {
        return new RegistryImageTarget(fixture.access(keychain)).push(pushed, List.of(fixture.name(name)));
    }

    private boolean servedAs(HttpExchange exchange, int status) throws IOException {
        registry.serve(new Silent(exchange), exchange.getRequestURI().getPath());
        return reply(exchange, status, "");
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean immutable(HttpExchange exchange) throws IOException {
        return reply(
                exchange,
                400,
                "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"The image tag '1' already exists in the 'app'"
                        + " repository and cannot be overwritten because the tag is immutable.\"}]}");
    }

    private static String authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(UTF_8));
    }

    /** Gives the first password until it is rejected. */
    private static final class Renewing implements Keychain {
        private final AtomicInteger renewals = new AtomicInteger();
        private final String renewed;
        private volatile String password;

        Renewing(String password, String renewed) {
            this.password = password;
            this.renewed = renewed;
        }

        @Override
        public Optional<RegistryCredential> credentialFor(RegistryTarget target) {
            return Optional.of(new RegistryCredential("AWS", Secret.of(password)));
        }

        @Override
        public void rejected(RegistryTarget target, RegistryCredential credential) {
            renewals.incrementAndGet();
            password = renewed;
        }
    }
}
