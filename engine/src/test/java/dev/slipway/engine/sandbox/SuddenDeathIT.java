package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.linux.ControlGroups;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the program is killed in the middle of a RUN, and when the next one starts. */
class SuddenDeathIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Test
    void noProcessAndNoMountOutlivesTheProgramAndTheNextBuildRemovesTheRest() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HangingBuild.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
        String id;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            id = output.readLine();
            assertThat(output.readLine()).isEqualTo("up");
            assertThat(ControlGroups.processes(id)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(mountsOf(id)).isNotEmpty();
        } finally {
            program.destroyForcibly().waitFor();
        }

        awaitTrue(() -> ControlGroups.processes(id).isEmpty());
        awaitTrue(() -> commandLines(id).isEmpty());
        assertThat(mountsOf(id)).isEmpty();

        Path directory = home.resolve("builds").resolve(id);
        assertThat(directory).isDirectory();
        assertThat(Workspace.reap(home)).isEmpty();
        assertThat(directory).doesNotExist();
        assertThat(Path.of("/sys/fs/cgroup/pids/slipway", id)).doesNotExist();
        assertThat(Path.of("/sys/fs/cgroup/unified/slipway", id)).doesNotExist();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void awaitTrue(Condition condition) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    /** Processes that name the build in their command line: the runtime and those around it. */
    private static List<String> commandLines(String id) throws IOException {
        return ofProcesses("cmdline").filter(text -> text.contains(id)).toList();
    }

    /** Mounts of the build, in whatever namespace there is a process. */
    private static List<String> mountsOf(String id) throws IOException {
        return ofProcesses("mountinfo")
                .flatMap(String::lines)
                .filter(line -> line.contains(id))
                .toList();
    }

    private static Stream<String> ofProcesses(String file) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all
                    .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(path -> read(path.resolve(file)))
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // the process has ended meanwhile
        }
    }
}
