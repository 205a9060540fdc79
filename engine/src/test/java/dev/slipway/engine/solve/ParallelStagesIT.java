package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.HostSettings;
import dev.slipway.engine.request.HostSettings.Limits;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.Event.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stages that do not depend on each other, as far as the budget goes; needs root and busybox-static. */
@Timeout(120)
class ParallelStagesIT {
    private static final String BASE = """
            FROM scratch AS base
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;
    private static final Limits ONE_AT_A_TIME = new Limits(OptionalLong.of(300L << 20), OptionalDouble.empty());

    @TempDir
    Path temp;

    private Path context;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void putBusyboxIntoTheContext() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
    }

    @Test
    void independentStagesMeet() throws IOException {
        int port = freePort();

        build(Limits.NONE, """
                FROM base AS listening
                RUN echo met | nc -l -p %1$d 127.0.0.1 > /heard
                FROM base AS calling
                RUN until echo hi | nc -w 20 127.0.0.1 %1$d > /answer; do sleep 0.1; done; grep met /answer
                FROM scratch
                COPY --from=listening /heard /
                COPY --from=calling /answer /
                """.formatted(port));

        assertThat(outcomes()).containsOnly(Outcome.DONE);
    }

    @Test
    void withMemoryForOneCommandTheyTakeTurns() throws IOException {
        build(ONE_AT_A_TIME, """
                FROM base AS a
                RUN sleep 0.2; touch /a
                FROM base AS b
                RUN sleep 0.2; touch /b
                FROM base AS c
                COPY --from=a /a /
                COPY --from=b /b /
                """);

        int running = 0;
        for (Event event : events) {
            running += event instanceof Event.TaskStarted ? 1 : 0;
            running -= event instanceof Event.TaskFinished ? 1 : 0;
            assertThat(running).isBetween(0, 1);
        }
    }

    @Test
    void theFirstFailureIsToldAndEndsTheOthers() {
        long start = System.nanoTime();

        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> build(Limits.NONE, """
                        FROM base AS slow
                        RUN sleep 4747
                        FROM base AS wrong
                        RUN sleep 0.5; echo the reason; exit 9
                        FROM scratch
                        COPY --from=slow / /
                        COPY --from=wrong / /
                        """))
                .satisfies(e -> {
                    assertThat(e.commandStatus()).hasValue(9);
                    assertThat(e.lastOutput()).containsExactly("the reason");
                    assertThat(e.getMessage()).contains("Dockerfile:7").doesNotContain("4747");
                });

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(outcomes()).contains(Outcome.FAILED, Outcome.CANCELLED);
        assertThat(outcomes()).filteredOn(Outcome.FAILED::equals).hasSize(1);
    }

    @Test
    void aGreedyCommandIsEndedAndNotTheBuilder() {
        Limits limits = new Limits(OptionalLong.of(64L << 20), OptionalDouble.of(1.5));

        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> build(limits, "FROM base\nRUN tail /dev/zero\n"))
                .withMessageContaining("memory ran out")
                .satisfies(e -> assertThat(e.commandStatus()).hasValue(137));
    }

    /** Where the machine's memory, not the command's limit, is used up. */
    @Test
    void theKernelTakesACommandBeforeTheBuilder() throws IOException {
        int ours = Integer.parseInt(
                Files.readString(Path.of("/proc/self/oom_score_adj")).strip());

        build(Limits.NONE, "FROM base\nRUN test $(cat /proc/self/oom_score_adj) -gt %d\n".formatted(ours));
    }

    private List<Outcome> outcomes() {
        return events.stream()
                .filter(Event.TaskFinished.class::isInstance)
                .map(event -> ((Event.TaskFinished) event).outcome())
                .toList();
    }

    private void build(Limits limits, String stages) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), BASE + stages);
        BuildEnvironment environment =
                WithoutRegistries.in(temp.resolve("home"), RemoteAccess.NONE, events::add, Instant::now);
        BuildRequest request = BuildRequest.of(context).withHost(HostSettings.DEFAULT.withLimits(limits));
        new DockerfileBuilder(environment).build(request);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
