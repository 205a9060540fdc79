package dev.slipway.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.Event.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong nanoTime = new AtomicLong();
    private final PlainProgress progress =
            new PlainProgress(new PrintStream(out, true, StandardCharsets.UTF_8), nanoTime::get);

    @Test
    void everyLineOfATaskBeginsWithItsNumber() {
        progress.accept(new Event.TaskStarted("base", "[base] FROM busybox:1.36"));
        progress.accept(new Event.TaskStarted("run", "[build 2/4] RUN make"));
        progress.accept(new Event.TaskOutput("run", "cc main.c"));
        progress.accept(new Event.TaskFinished("base", Outcome.REUSED, Duration.ZERO, ""));
        progress.accept(new Event.TaskFinished("run", Outcome.DONE, Duration.ofMillis(1250), "12 files, 3.1 MB"));

        assertThat(text()).isEqualTo("""
                        #1 [base] FROM busybox:1.36
                        #2 [build 2/4] RUN make
                        #2 | cc main.c
                        #1 reused in 0.0 s
                        #2 done in 1.3 s: 12 files, 3.1 MB
                        """);
    }

    @Test
    void bytesAreShownOnlyNowAndThen() {
        progress.accept(new Event.TaskStarted("pull", "pull"));
        for (int second = 1; second <= 12; second++) {
            nanoTime.set(Duration.ofSeconds(second).toNanos());
            progress.accept(new Event.TaskProgress("pull", second * 1_000_000L, second < 8 ? 20_000_000 : -1));
        }

        assertThat(text()).isEqualTo("#1 pull\n#1 5.0 MB of 20.0 MB\n#1 10.0 MB\n");
    }

    @Test
    void notesAndWarningsBelongToNoTask() {
        progress.accept(new Event.Note("local ECR at http://127.0.0.1:5000"));
        progress.accept(new Event.Warning(Problem.of("resources", "limits are not applied")));
        progress.accept(new Event.TaskFinished("x", Outcome.FAILED, Duration.ofSeconds(125), ""));

        assertThat(text()).isEqualTo("""
                        local ECR at http://127.0.0.1:5000
                        warning: resources: limits are not applied
                        #1 failed after 2 min 05 s
                        """);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
