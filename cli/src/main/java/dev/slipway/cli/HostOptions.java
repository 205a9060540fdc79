package dev.slipway.cli;

import dev.slipway.engine.request.HostSettings;
import dev.slipway.engine.request.HostSettings.Limits;
import dev.slipway.engine.request.IsolationChoice;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.step.model.Amounts;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Option;

/** How the build uses this machine. */
final class HostOptions {
    private static final double MILLIS = 1000;

    @Option(
            names = "--memory",
            paramLabel = "AMOUNT",
            description = "memory for the commands of RUN together, e.g. 500Mi")
    private Optional<String> memory = Optional.empty();

    @Option(
            names = "--cpus",
            paramLabel = "NUMBER",
            description = "processors for the commands of RUN together, e.g. 0.4 or 400m")
    private Optional<String> cpus = Optional.empty();

    @Option(
            names = "--isolation",
            paramLabel = "KIND",
            description = "oci, or chroot, which needs no mounts; auto takes what can be had")
    private IsolationChoice isolation = IsolationChoice.AUTO;

    @Option(
            names = "--snapshot-mode",
            paramLabel = "MODE",
            description = "how chroot finds changes: full, redo or, with --no-verify, time")
    private SnapshotMode snapshotMode = SnapshotMode.FULL;

    @Option(names = "--no-verify", description = "do not prove that layers are what their instructions left")
    private boolean noVerify;

    HostSettings settings() {
        OptionalLong bytes = amount("--memory", memory, Amounts::parseMemory);
        OptionalLong millis = amount("--cpus", cpus, Amounts::parseCpu);
        return HostSettings.DEFAULT
                .withIsolation(isolation)
                .withSnapshotMode(snapshotMode)
                .withVerify(!noVerify)
                .withLimits(new Limits(
                        bytes,
                        millis.isPresent() ? OptionalDouble.of(millis.getAsLong() / MILLIS) : OptionalDouble.empty()));
    }

    private static OptionalLong amount(String option, Optional<String> text, ToLongFunction<String> parser) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(parser.applyAsLong(text.get()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of("'" + text.get() + "'", String.valueOf(e.getMessage()))
                    .at(option));
        }
    }
}
