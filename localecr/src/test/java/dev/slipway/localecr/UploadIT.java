package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How ECR takes blobs, where it differs from the specification and from a plain registry. */
class UploadIT {
    private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path data;

    private LocalEcrOptions options;
    private LocalEcr ecr;
    private Peer peer;

    @BeforeEach
    void start() {
        options = LocalEcrOptions.in(data, new TestClock("2026-11-23T12:00:00Z"))
                .withRepositories(List.of("app", "other"));
        ecr = LocalEcr.start(options);
        peer = Peer.of(ecr);
    }

    @AfterEach
    void stop() {
        peer.close();
        ecr.close();
    }

    private void restart(LocalEcrOptions changed) {
        stop();
        ecr = LocalEcr.start(changed);
        peer = Peer.of(ecr);
    }

    @Test
    void beginsAnUploadWith202AndAnAbsoluteLocationThatEndsInAUuid() {
        HttpResponse<byte[]> begun = peer.post("/v2/app/blobs/uploads/");

        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(Peer.header(begun, "Location"))
                .matches(ecr.uri()
                        + "/v2/app/blobs/uploads/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    }

    @Test
    void answersPatchWith201InsteadOf202() {
        HttpResponse<byte[]> patched = peer.patch(peer.upload("app"), BLOB);

        assertThat(patched.statusCode()).isEqualTo(201);
        assertThat(Peer.header(patched, "Range")).isEqualTo("0-5");
    }

    @Test
    void storesABlobSentByOnePatchAndAnEmptyPut() {
        Digest digest = peer.push("app", BLOB);

        HttpResponse<byte[]> head = peer.head("/v2/app/blobs/" + digest);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(Peer.header(head, "Content-Length")).isEqualTo("6");
    }

    @Test
    void storesABlobSentByOnePutWithItsBody() {
        Digest digest = Digest.of(BLOB);

        HttpResponse<byte[]> put = peer.put(peer.upload("app") + "?digest=" + digest, BLOB);

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(Peer.header(put, "Location")).isEqualTo(ecr.uri() + "/v2/app/blobs/" + digest);
        assertThat(peer.head("/v2/app/blobs/" + digest).statusCode()).isEqualTo(200);
    }

    @Test
    void ignoresTheBodyOfAPostWithDigestAndGoesOnWith202() {
        HttpResponse<byte[]> posted = peer.send(
                "POST", "/v2/app/blobs/uploads/?digest=" + Digest.of(BLOB), BodyPublishers.ofByteArray(BLOB), Map.of());

        assertThat(posted.statusCode()).isEqualTo(202);
        assertThat(peer.head("/v2/app/blobs/" + Digest.of(BLOB)).statusCode()).isEqualTo(404);
    }

    @Test
    void keepsTheRangeHeaderStuckAtTheEndOfTheFirstChunk() {
        byte[] blob = random(11 << 20);
        String address = peer.upload("app");

        peer.patch(address, "0-5242879", Arrays.copyOf(blob, 5 << 20));
        HttpResponse<byte[]> second =
                peer.patch(address, "5242880-10485759", Arrays.copyOfRange(blob, 5 << 20, 10 << 20));
        HttpResponse<byte[]> third =
                peer.patch(address, "10485760-11534335", Arrays.copyOfRange(blob, 10 << 20, 11 << 20));

        assertThat(Peer.header(second, "Range")).isEqualTo("0-5242879");
        assertThat(Peer.header(third, "Range")).isEqualTo("0-5242879");
        assertThat(peer.put(address + "?digest=" + Digest.of(blob), new byte[0]).statusCode())
                .isEqualTo(201);
    }

    @Test
    void refusesBytesOutOfOrderWith416() {
        String address = peer.upload("app");
        peer.patch(address, "0-5", BLOB);

        HttpResponse<byte[]> again = peer.patch(address, "0-5", BLOB);

        assertThat(again.statusCode()).isEqualTo(416);
        assertThat(Peer.error(again)).isEqualTo("BLOB_UPLOAD_INVALID First byte of the layer part is 0 instead of 6");
    }

    @Test
    void refusesASecondTryInTheSameUploadEvenWithoutContentRange() {
        String address = peer.upload("app");
        peer.patch(address, BLOB);

        assertThat(peer.patch(address, BLOB).statusCode()).isEqualTo(416);
    }

    @Test
    void keepsWhatCameOfABrokenTransferSoThatTheSameUploadRefusesByte0() throws IOException {
        String address = peer.upload("app");
        breakOff(URI.create(address), 1000, BLOB);

        HttpResponse<byte[]> again = peer.patch(address, BLOB);

        assertThat(again.statusCode()).isEqualTo(416);
        assertThat(Peer.error(again)).contains("First byte of the layer part is 0 instead of 6");
    }

    @Test
    void refusesAContentRangeThatBeliesTheBody() {
        assertThat(peer.patch(peer.upload("app"), "0-99", BLOB).statusCode()).isEqualTo(416);
    }

    @Test
    void refusesPartsBelow5MiBAtTheClosingPut() {
        byte[] blob = random(100);
        String address = peer.upload("app");
        peer.patch(address, "0-49", Arrays.copyOf(blob, 50));
        peer.patch(address, "50-99", Arrays.copyOfRange(blob, 50, 100));

        HttpResponse<byte[]> closed = peer.put(address + "?digest=" + Digest.of(blob), new byte[0]);

        assertThat(closed.statusCode()).isEqualTo(400);
        assertThat(Peer.error(closed)).contains("All layer parts except the last part should be at least 5MB");
    }

    @Test
    void refusesAWrongDigestWithBlobUploadInvalidInsteadOfDigestInvalid() {
        String address = peer.upload("app");
        peer.patch(address, BLOB);

        HttpResponse<byte[]> closed = peer.put(address + "?digest=" + Digest.of(new byte[1]), new byte[0]);

        assertThat(closed.statusCode()).isEqualTo(400);
        assertThat(Peer.error(closed))
                .isEqualTo("BLOB_UPLOAD_INVALID None of the provided layer digests match the calculated layer digest");
        assertThat(peer.head("/v2/app/blobs/" + Digest.of(BLOB)).statusCode()).isEqualTo(404);
    }

    @Test
    void answersTheStatusOfAnUploadWith404SoThatNobodyCanResume() {
        String address = peer.upload("app");
        peer.patch(address, BLOB);

        assertThat(peer.get(address).statusCode()).isEqualTo(404);
    }

    @Test
    void forgetsACancelledUpload() throws IOException {
        String address = peer.upload("app");
        peer.patch(address, BLOB);

        assertThat(peer.delete(address).statusCode()).isEqualTo(204);
        assertThat(peer.patch(address, BLOB).statusCode()).isEqualTo(404);
        assertThat(unfinished()).isZero();
    }

    @Test
    void doesNotShareBlobsBetweenRepositories() {
        Digest digest = peer.push("app", BLOB);

        assertThat(peer.head("/v2/other/blobs/" + digest).statusCode()).isEqualTo(404);
    }

    @Test
    void answersAMountWith202BecauseBlobMountingIsOffByDefault() {
        TestImage image = TestImage.of("mount");
        peer.push("app", "v1", image);

        assertThat(mount(Digest.of(image.blobs().get(1))).statusCode()).isEqualTo(202);
    }

    @Test
    void mountsOnlyABlobThatAnImageOfTheSourceNamesWhenBlobMountingIsOn() {
        restart(options.withBlobMounting(true));
        TestImage image = TestImage.of("mount");
        peer.push("app", "v1", image);
        Digest named = Digest.of(image.blobs().get(1));
        Digest loose = peer.push("app", BLOB);

        HttpResponse<byte[]> mounted = mount(named);

        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(Peer.header(mounted, "Location")).isEqualTo(ecr.uri() + "/v2/other/blobs/" + named);
        assertThat(peer.head("/v2/other/blobs/" + named).statusCode()).isEqualTo(200);
        assertThat(mount(loose).statusCode()).isEqualTo(202);
    }

    @Test
    void doesNotMountBetweenRepositoriesWithDifferentEncryption() {
        restart(options.withBlobMounting(true));
        peer.api(
                "CreateRepository",
                "{\"repositoryName\":\"kms\",\"encryptionConfiguration\":{\"encryptionType\":\"KMS\"}}");
        TestImage image = TestImage.of("mount");
        peer.push("app", "v1", image);

        String mount = "?mount=" + Digest.of(image.blobs().get(1)) + "&from=app";

        assertThat(peer.post("/v2/kms/blobs/uploads/" + mount).statusCode()).isEqualTo(202);
        assertThat(peer.post("/v2/other/blobs/uploads/" + mount).statusCode()).isEqualTo(201);
    }

    @Test
    void refusesAnUploadToAMissingRepositoryWith404() {
        HttpResponse<byte[]> refused = peer.post("/v2/missing/blobs/uploads/");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(Peer.error(refused)).startsWith("NAME_UNKNOWN The repository with name 'missing' does not exist");
    }

    @Test
    void dropsTheConnectionOfAnUploadToAMissingRepositoryByOption() {
        restart(options.withDropsUploads(true));

        assertThatThrownBy(() -> peer.post("/v2/missing/blobs/uploads/")).isInstanceOf(UncheckedIOException.class);
        assertThat(peer.post("/v2/app/blobs/uploads/").statusCode()).isEqualTo(202);
    }

    @Test
    void leavesNoHalfBlobBehindWhenItStopsInTheMiddle() throws IOException {
        peer.patch(peer.upload("app"), BLOB);
        assertThat(unfinished()).isEqualTo(1);

        restart(options);

        assertThat(unfinished()).isZero();
        assertThat(peer.head("/v2/app/blobs/" + Digest.of(BLOB)).statusCode()).isEqualTo(404);
    }

    /** Announces more bytes than it sends; the last answer to wait for is none. */
    private void breakOff(URI address, int announced, byte[] sent) throws IOException {
        String head = "PATCH " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nAuthorization: " + Peer.basic("AWS", ecr.issuePassword().reveal()) + "\r\nContent-Length: "
                + announced + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    private HttpResponse<byte[]> mount(Digest digest) {
        return peer.post("/v2/other/blobs/uploads/?mount=" + digest + "&from=app");
    }

    private long unfinished() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("incoming"))) {
            return files.count();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
