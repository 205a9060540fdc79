package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skopeo, a client that many people push to ECR with, there and back. Runs where skopeo and umoci are installed. */
class SkopeoIT {
    @TempDir
    private Path work;

    private LocalEcr ecr;
    private String credentials;
    private String registry;

    @BeforeEach
    void start() {
        Program.require("skopeo", "umoci");
        ecr = LocalEcr.start(
                LocalEcrOptions.in(work.resolve("data"), InstantSource.system()).withRepositories(List.of("team/app")));
        credentials = "AWS:" + ecr.issuePassword().reveal();
        registry = "docker://" + ecr.uri().getAuthority() + "/team/app";
    }

    @AfterEach
    void stop() {
        if (ecr != null) {
            ecr.close();
        }
    }

    @Test
    void copiesAnImageThereAndBackUnchanged() throws IOException {
        TestImage image = TestImage.of("skopeo");

        push(layout(image), registry + ":v1").expect(0);
        Program.run(
                        work,
                        List.of(
                                "skopeo",
                                "copy",
                                "--preserve-digests",
                                "--src-creds",
                                credentials,
                                "--src-tls-verify=false",
                                registry + ":v1",
                                "oci:" + work.resolve("back") + ":v1"))
                .expect(0);

        Path blobs = work.resolve("back/blobs/sha256");
        assertThat(blobs.resolve(image.digest().hex())).hasBinaryContent(image.manifest());
        for (byte[] blob : image.blobs()) {
            assertThat(blobs.resolve(Digest.of(blob).hex())).hasBinaryContent(blob);
        }
    }

    @Test
    void turnsToDockersFormatWhenAManifestWithoutMediaTypeIsRefused() throws IOException {
        push(umociLayout(), registry + ":umoci").expect(0);

        Program.Result inspected = Program.run(
                work,
                List.of(
                        "skopeo",
                        "inspect",
                        "--creds",
                        credentials,
                        "--tls-verify=false",
                        "--raw",
                        registry + ":umoci"));
        assertThat(inspected.expect(0)).contains("application/vnd.docker.distribution.manifest.v2+json");
    }

    @Test
    void isToldThatTheRepositoryIsMissing() throws IOException {
        Program.Result refused =
                push(layout(TestImage.of("x")), "docker://" + ecr.uri().getAuthority() + "/missing:v1");

        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("name unknown", "The repository with name 'missing' does not exist");
    }

    @Test
    void isRefusedWithoutAToken() throws IOException {
        Program.Result refused = Program.run(
                work,
                List.of(
                        "skopeo",
                        "copy",
                        "--dest-creds",
                        "AWS:nonsense",
                        "--dest-tls-verify=false",
                        layout(TestImage.of("x")),
                        registry + ":v1"));

        assertThat(refused.status()).isNotZero();
    }

    private Program.Result push(String from, String to, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("skopeo", "copy"));
        command.addAll(List.of(more));
        command.addAll(List.of("--dest-creds", credentials, "--dest-tls-verify=false", from, to));
        return Program.run(work, command);
    }

    /** Umoci writes manifests of image-spec 1.0, which have no mediaType. */
    private String umociLayout() throws IOException {
        Path rootfs = Files.createDirectories(work.resolve("bundle-files"));
        byte[] noise = new byte[3 << 20];
        new Random(7).nextBytes(noise);
        Files.write(rootfs.resolve("noise"), noise);
        Files.writeString(rootfs.resolve("hello"), "hello\n", StandardCharsets.UTF_8);
        Program.run(work, List.of("umoci", "init", "--layout", "image")).expect(0);
        Program.run(work, List.of("umoci", "new", "--image", "image:v1")).expect(0);
        Program.run(work, List.of("umoci", "insert", "--rootless", "--image", "image:v1", rootfs.toString(), "/opt"))
                .expect(0);
        Program.run(work, List.of("umoci", "gc", "--layout", "image")).expect(0);
        return "oci:" + work.resolve("image") + ":v1";
    }

    private String layout(TestImage image) throws IOException {
        Path layout = work.resolve("layout");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        for (byte[] blob : image.blobs()) {
            Files.write(blobs.resolve(Digest.of(blob).hex()), blob);
        }
        Files.write(blobs.resolve(image.digest().hex()), image.manifest());
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.write(
                layout.resolve("index.json"), TestImage.index(List.of(image)).manifest());
        return "oci:" + layout;
    }
}
