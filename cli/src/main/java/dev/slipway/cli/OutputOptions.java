package dev.slipway.cli;

import dev.slipway.cli.progress.PlainProgress;
import dev.slipway.foundation.event.EventSink;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How a command talks while it runs. */
final class OutputOptions {
    @Option(
            names = "--progress",
            paramLabel = "auto|plain",
            description = "how progress is shown on stderr; auto is plain in this version")
    private Progress progress = Progress.AUTO;

    /** The renderer that was asked for. */
    EventSink events(PrintStream err) {
        return switch (progress) {
            case AUTO, PLAIN -> new PlainProgress(err, System::nanoTime);
        };
    }

    /** The renderers. */
    enum Progress {
        AUTO,
        PLAIN
    }
}
