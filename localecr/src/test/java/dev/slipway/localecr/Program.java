package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Runs an installed program and waits for it. */
final class Program {
    private Program() {}

    record Result(int status, String output) {
        String expect(int wanted) {
            assertThat(status).as(output).isEqualTo(wanted);
            return output;
        }
    }

    /** Skips the test where one of the programs is not installed. */
    static void require(String... names) {
        for (String name : names) {
            boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            Assumptions.assumeTrue(found, name + " is not installed");
        }
    }

    static Result run(Path folder, List<String> command) throws IOException {
        return run(folder, command, Map.of());
    }

    static Result run(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
