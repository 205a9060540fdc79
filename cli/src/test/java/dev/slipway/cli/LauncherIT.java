package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the root of the repository, with the jars of this build. */
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("..", "slipway").toAbsolutePath().normalize();

    @TempDir
    Path elsewhere;

    @Test
    void startsFromAnotherFolderThroughSymbolicLinksInAPathWithSpaces() throws Exception {
        Path spaced = Files.createDirectory(elsewhere.resolve("a b"));
        Path link = Files.createSymbolicLink(spaced.resolve("first"), LAUNCHER);
        Path relative = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("a b", "first"));

        Ended ended = run(Map.of(), relative.toString(), "--version");

        assertThat(ended.output()).isEqualTo("slipway 0.1.0\n");
        assertThat(link).exists();
        assertThat(ended.status()).isZero();
    }

    @Test
    void findsAJavaWhereJavaHomeIsAnother() throws Exception {
        Ended ended = run(Map.of("JAVA_HOME", "/nowhere"), LAUNCHER.toString(), "build", "--bogus");

        assertThat(ended.output()).contains("Unknown option: '--bogus'");
        assertThat(ended.status()).isEqualTo(2);
    }

    @Test
    void aSignalEndsTheStandInAndLeavesNoChild() throws Exception {
        Process process = start(
                Map.of(),
                LAUNCHER.toString(),
                "local-ecr",
                "--data",
                elsewhere.resolve("ecr").toString());
        try (InputStream output = process.getInputStream()) {
            byte[] first = output.readNBytes("Local ECR at http://".length());
            assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("Local ECR at http://");

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private Ended run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Process process = start(environment, command);
        try (InputStream output = process.getInputStream()) {
            return new Ended(new String(output.readAllBytes(), StandardCharsets.UTF_8), process.waitFor());
        }
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private record Ended(String output, int status) {}
}
