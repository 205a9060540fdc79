package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in as a process that dies at a bad moment. */
class KilledIT {
    @TempDir
    private Path data;

    /** The child: starts on the directory that it is given and waits to be killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (LocalEcr ecr = LocalEcr.start(LocalEcrOptions.in(Path.of(arguments[0]), InstantSource.system())
                    .withRepositories(List.of("app")))) {
                System.out.println(ecr.uri());
                System.out.println(ecr.issuePassword().reveal());
                TimeUnit.HOURS.sleep(1);
            }
        }
    }

    @Test
    void leavesNoHalfBlobAndKeepsWhatWasWhole() throws IOException, InterruptedException {
        byte[] whole = "whole".getBytes(StandardCharsets.UTF_8);
        byte[] half = "half".getBytes(StandardCharsets.UTF_8);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = child.inputReader()) {
            URI uri = URI.create(lines.readLine());
            try (Peer peer = Peer.at(uri, lines.readLine())) {
                peer.push("app", whole);
                peer.patch(peer.upload("app"), half);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }

        assertThat(names(data.resolve("incoming"))).hasSize(1);
        assertThat(names(data.resolve("repositories/app/blobs"))).hasSize(1);
        try (LocalEcr again = LocalEcr.start(LocalEcrOptions.in(data, InstantSource.system()));
                Peer peer = Peer.of(again)) {
            assertThat(peer.head("/v2/app/blobs/" + Digest.of(whole)).statusCode())
                    .isEqualTo(200);
            assertThat(names(data.resolve("incoming"))).isEmpty();
        }
    }

    private static List<Path> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
