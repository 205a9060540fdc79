package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stand-in keeps, and how much it bears. */
class StorageIT {
    private static final int BIG = 64 << 20;

    @TempDir
    private Path data;

    private LocalEcrOptions options() {
        return LocalEcrOptions.in(data, new TestClock("2026-11-23T12:00:00Z"))
                .withRepositories(List.of("app", "team/app"));
    }

    @Test
    void keepsRepositoriesImagesAndTagsAcrossARestart() {
        TestImage image = TestImage.of("kept");
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.of(ecr)) {
            peer.push("team/app", "v1", image);
        }
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.of(ecr)) {
            assertThat(peer.get("/v2/team/app/manifests/v1").body()).isEqualTo(image.manifest());
            assertThat(peer.head("/v2/team/app/blobs/" + Digest.of(image.blobs().getFirst()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void lendsItsDirectoryToOneStandInAtATime() {
        try (LocalEcr ecr = LocalEcr.start(options())) {
            assertThat(ecr.describe()).first().asString().contains(ecr.uri().toString());
            assertThatThrownBy(() -> LocalEcr.start(options()))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("another local ECR uses the directory");
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        try (LocalEcr ecr = LocalEcr.start(options())) {
            int port = ecr.uri().getPort();
            assertThatThrownBy(() -> LocalEcr.start(
                            options().withPort(port).withRepositories(List.of()).withDataDirectory(data.resolve("b"))))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void namesEveryRepositoryNameThatEcrWouldNotTake() {
        assertThatThrownBy(() -> LocalEcr.start(options().withRepositories(List.of("App", "a//b", "fine"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("App")
                .hasMessageContaining("a//b");
    }

    @Test
    void streamsABlobOf64MiBInAndOut() throws IOException, InterruptedException {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.of(ecr)) {
            Digest digest = digestOf(new Noise(BIG));
            String address = peer.upload("app");
            HttpResponse<byte[]> patched =
                    peer.send("PATCH", address, BodyPublishers.ofInputStream(() -> new Noise(BIG)), Map.of());
            assertThat(patched.statusCode()).isEqualTo(201);
            assertThat(peer.put(address + "?digest=" + digest, new byte[0]).statusCode())
                    .isEqualTo(201);

            URI layer = URI.create(Peer.header(peer.get("/v2/app/blobs/" + digest), "Location"));
            try (HttpClient client = HttpClient.newHttpClient();
                    InputStream body = client.send(HttpRequest.newBuilder(layer).build(), BodyHandlers.ofInputStream())
                            .body()) {
                assertThat(digestOf(body)).isEqualTo(digest);
            }
        }
    }

    @Test
    void takesManyPushesAtOnce() {
        List<String> all = IntStream.range(0, 40).mapToObj(i -> "t" + i).toList();
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.of(ecr)) {
            List<Future<Integer>> statuses;
            try (TaskScope scope = new TaskScope(16)) {
                statuses = all.stream()
                        .map(tag -> scope.fork(
                                tag,
                                () -> peer.push("app", tag, TestImage.of(tag)).statusCode()))
                        .toList();
                scope.join();
            }
            assertThat(statuses).extracting(TaskScope::result).containsOnly(201);
            assertThat(Peer.json(peer.get("/v2/app/tags/list")).path("tags")).hasSize(40);
            for (String tag : all) {
                assertThat(peer.get("/v2/app/manifests/" + tag).body())
                        .isEqualTo(TestImage.of(tag).manifest());
            }
        }
    }

    @Test
    void letsOneOfManyConcurrentPushesWinAnImmutableTag() {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.of(ecr)) {
            peer.api("PutImageTagMutability", "{\"repositoryName\":\"app\",\"imageTagMutability\":\"IMMUTABLE\"}");
            List<Future<Integer>> statuses;
            try (TaskScope scope = new TaskScope(8)) {
                statuses = IntStream.range(0, 8)
                        .mapToObj(i -> scope.fork(
                                "push " + i,
                                () -> peer.push("app", "v1", TestImage.of("i" + i))
                                        .statusCode()))
                        .toList();
                scope.join();
            }
            assertThat(statuses.stream().map(TaskScope::result).filter(status -> status == 201))
                    .hasSize(1);
        }
    }

    @Test
    void writesNoCredentialsIntoTheAccessLog() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (LocalEcr ecr = LocalEcr.start(options().withAccessLog(access -> lines.add(access.toString())));
                Peer peer = Peer.of(ecr)) {
            Digest digest = peer.push("app", "x".getBytes(StandardCharsets.UTF_8));
            URI layer = URI.create(Peer.header(peer.get("/v2/app/blobs/" + digest), "Location"));
            peer.exchange(HttpRequest.newBuilder(layer).build());
            peer.api("DescribeRepositories", "{}");
        }
        assertThat(lines).anyMatch(line -> line.contains("PATCH /v2/app/blobs/uploads/"));
        assertThat(lines).anyMatch(line -> line.contains("POST / DescribeRepositories 200"));
        assertThat(lines).anyMatch(line -> line.contains("X-Amz-Signature=…"));
        assertThat(lines).noneMatch(line -> line.contains("Basic") || line.matches(".*X-Amz-Signature=[0-9a-f].*"));
    }

    @Test
    void turnsTlsAwayAtOnceWithAnHttpAnswer() throws IOException {
        try (LocalEcr ecr = LocalEcr.start(options());
                Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), ecr.uri().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3});

            byte[] answer = socket.getInputStream().readNBytes(12);

            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    private static Digest digestOf(InputStream content) throws IOException {
        MessageDigest hash = Digest.sha256();
        try (DigestInputStream in = new DigestInputStream(content, hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.ofSha256(hash.digest());
    }
}
