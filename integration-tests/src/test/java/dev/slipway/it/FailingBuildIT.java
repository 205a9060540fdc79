package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A build that fails, is stopped or is killed says so, pushes nothing and leaves nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("other builds keep /slipway among the control groups while they run")
class FailingBuildIT {
    private static final String SLEEPER = "4242";

    @TempDir
    static Path temp;

    private Workbench bench;

    @BeforeAll
    void start() throws IOException {
        bench = Workbench.open(temp);
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(Leftovers.mounts(bench.home())).isEmpty();
        assertThat(Leftovers.processes("sleep " + SLEEPER)).isEmpty();
        assertThat(Leftovers.controlGroups()).isEmpty();
        assertThat(Leftovers.children(bench.home().resolve("builds"))).isEmpty();
    }

    @Test
    void aFailingRunNamesPlaceCommandStatusAndLastOutput() throws IOException {
        Path context = bench.context("failing", """
                FROM busybox:1.36
                RUN echo fine

                RUN echo first && echo the last words && exit 42
                """);
        String name = bench.registry().host() + "/failing:1";

        Command.Result result =
                bench.slipway().build("--push", "-t", name, ".").in(context).run();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("Dockerfile:4")
                .contains("echo first && echo the last words && exit 42")
                .contains("42")
                .contains("the last words");
        assertThat(bench.hasImage(name)).isFalse();
    }

    @Test
    void aMissingFileFailsBeforeThePush() throws IOException {
        Path context = bench.context("missing", "FROM busybox:1.36\nCOPY nowhere /\n");
        String name = bench.registry().host() + "/missing:1";

        Command.Result result =
                bench.slipway().build("--push", "-t", name, ".").in(context).run();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("Dockerfile:2").contains("nowhere").contains("not found");
        assertThat(bench.hasImage(name)).isFalse();
    }

    @Test
    void anUnknownInstructionIsRefusedBeforeAnythingRuns() throws IOException {
        Path context = bench.context("unknown", "FROM busybox:1.36\nRUN touch /never\nCOYP a b\n");

        Command.Result result = bench.slipway().build(".").in(context).run();

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("Dockerfile:3").contains("COYP").contains("COPY");
        assertThat(result.err()).doesNotContain("touch /never");
    }

    @Test
    void controlCEndsTheBuild() throws Exception {
        Path context = bench.context("interrupted", "FROM busybox:1.36\nRUN sleep " + SLEEPER + "\n");
        Process process = startSleeping(context);

        Command.of("kill", "-INT", Long.toString(process.pid())).run().mustSucceed();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    void killedItLeavesNothingAfterOneMoreRun() throws Exception {
        Path context = bench.context("killed", "FROM busybox:1.36\nRUN sleep " + SLEEPER + "\n");
        Process process = startSleeping(context);

        process.destroyForcibly().waitFor();

        Leftovers.await(
                "the command dies with its builder",
                () -> Leftovers.processes("sleep " + SLEEPER).isEmpty());
        assertThat(Leftovers.mounts(bench.home())).isEmpty();
        Path next = bench.context("next", "FROM busybox:1.36\nRUN true\n");
        bench.slipway().build(".").in(next).run().mustSucceed();
    }

    private Process startSleeping(Path context) throws Exception {
        Process process = bench.slipway()
                .build(".")
                .in(context)
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(temp, "build", ".log").toFile())
                .start();
        Leftovers.await(
                "the command runs",
                () -> !Leftovers.processes("sleep " + SLEEPER).isEmpty());
        return process;
    }
}
