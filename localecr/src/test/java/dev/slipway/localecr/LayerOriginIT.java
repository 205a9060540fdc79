package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Digest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a layer out: a redirect to an origin that behaves as S3. */
class LayerOriginIT {
    private static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.UTF_8);

    private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");

    @TempDir
    private Path data;

    private LocalEcr ecr;
    private Peer peer;
    private URI address;

    @BeforeEach
    void start() {
        ecr = LocalEcr.start(LocalEcrOptions.in(data, clock).withRepositories(List.of("team/app")));
        peer = Peer.of(ecr);
        Digest digest = peer.push("team/app", BLOB);
        HttpResponse<byte[]> redirect = peer.get("/v2/team/app/blobs/" + digest);
        assertThat(redirect.statusCode()).isEqualTo(307);
        address = URI.create(Peer.header(redirect, "Location"));
    }

    @AfterEach
    void stop() {
        peer.close();
        ecr.close();
    }

    @Test
    void redirectsABlobToASecondOrigin() {
        assertThat(address.toString()).startsWith(ecr.layerUri().toString());
        assertThat(address.getPort()).isNotEqualTo(ecr.uri().getPort());
        assertThat(get().body()).isEqualTo(BLOB);
    }

    @Test
    void refusesAnAuthorizationHeaderBesidesTheSignedAddressWith400() {
        HttpResponse<byte[]> refused = peer.exchange(HttpRequest.newBuilder(address)
                .header("Authorization", "Basic QQ==")
                .build());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Peer.text(refused)).contains("Only one auth mechanism allowed");
    }

    @Test
    void refusesAnAddressThatHasExpired() {
        clock.advance(Duration.ofMinutes(10));

        assertThat(get().statusCode()).isEqualTo(403);
        assertThat(Peer.text(get())).contains("Request has expired");
    }

    @Test
    void refusesAnAddressThatWasChanged() {
        address = URI.create(address.toString().replace("X-Amz-Expires=600", "X-Amz-Expires=6000"));

        assertThat(get().statusCode()).isEqualTo(403);
    }

    @Test
    void signsForGetOnlySoThatHeadIsRefused() {
        HttpResponse<byte[]> refused =
                peer.exchange(HttpRequest.newBuilder(address).HEAD().build());

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void servesParts() {
        HttpResponse<byte[]> part = peer.exchange(
                HttpRequest.newBuilder(address).header("Range", "bytes=4-").build());

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(Peer.text(part)).isEqualTo("456789");
        assertThat(Peer.header(part, "Content-Range")).isEqualTo("bytes 4-9/10");
    }

    @Test
    void answers404ForABlobThatIsNotThere() {
        HttpResponse<byte[]> missing = peer.get("/v2/team/app/blobs/" + Digest.of(new byte[1]));

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(Peer.error(missing)).startsWith("BLOB_UNKNOWN The layer with digest");
    }

    private HttpResponse<byte[]> get() {
        return peer.exchange(HttpRequest.newBuilder(address).build());
    }
}
