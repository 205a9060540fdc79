package dev.slipway.cli.report;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.SlipwayException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors as a user reads them: one paragraph for each fault, and a stack trace only where one was asked for. */
public final class ErrorReport {
    private static final int LINES_OF_OUTPUT = 20;

    private final PrintStream err;

    public ErrorReport(PrintStream err) {
        this.err = requireNonNull(err, "err is null");
    }

    /** Shows every fault that the error carries. */
    public void show(SlipwayException error, boolean debug) {
        for (Problem problem : error.problems()) {
            err.println("error: " + problem);
        }
        if (error instanceof BuildFailedException failure) {
            showOutput(failure.lastOutput());
        }
        trace(error, debug);
    }

    /** Shows what no command expects. */
    public void showDefect(Throwable thrown, boolean debug) {
        err.println("error: this is a defect of Slipway: " + thrown);
        if (!debug) {
            err.println("  run the command again with --debug and report what it prints");
        }
        trace(thrown, debug);
    }

    /** Shows what is wrong with the arguments of a command, and where to read about them. */
    public void showMisuse(String command, ParameterException wrong) {
        err.println("error: " + command + ": " + wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> similar = unmatched.getSuggestions();
            if (!similar.isEmpty()) {
                err.println("  did you mean " + similar.stream().limit(3).collect(Collectors.joining(" or ")) + "?");
            }
        }
        err.println("  see " + command + " --help");
    }

    private void showOutput(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        err.println("  its last output:");
        lines.stream()
                .skip(Math.max(0, lines.size() - LINES_OF_OUTPUT))
                .forEach(line -> err.println("  | " + Plain.text(line)));
    }

    private void trace(Throwable thrown, boolean debug) {
        if (debug) {
            thrown.printStackTrace(err);
        }
    }
}
