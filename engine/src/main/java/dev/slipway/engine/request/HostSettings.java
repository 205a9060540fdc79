package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.scan.SnapshotMode;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the build uses the machine that it runs on.
 *
 * @param isolation how commands are kept apart from this machine
 * @param snapshotMode how changes are found where no overlay shows them
 * @param verify whether each layer is proved to be what its instruction left, before anything names it
 * @param limits what the build may take
 */
public record HostSettings(IsolationChoice isolation, SnapshotMode snapshotMode, boolean verify, Limits limits) {
    /** What the host offers, everything compared, everything proved, no limit but the host's. */
    public static final HostSettings DEFAULT =
            new HostSettings(IsolationChoice.AUTO, SnapshotMode.FULL, true, Limits.NONE);

    public HostSettings {
        requireNonNull(isolation, "isolation is null");
        requireNonNull(snapshotMode, "snapshotMode is null");
        requireNonNull(limits, "limits is null");
    }

    /** With another isolation. */
    public HostSettings withIsolation(IsolationChoice other) {
        return new HostSettings(other, snapshotMode, verify, limits);
    }

    /** With another way to find changes. */
    public HostSettings withSnapshotMode(SnapshotMode other) {
        return new HostSettings(isolation, other, verify, limits);
    }

    /** With or without the proof. */
    public HostSettings withVerify(boolean other) {
        return new HostSettings(isolation, snapshotMode, other, limits);
    }

    /** With other limits. */
    public HostSettings withLimits(Limits other) {
        return new HostSettings(isolation, snapshotMode, verify, other);
    }

    /**
     * What a build may take of its machine; absent means what the machine, or the container, has.
     *
     * @param memoryBytes for everything that runs at the same time
     * @param cpus processors, or parts of them
     */
    public record Limits(OptionalLong memoryBytes, OptionalDouble cpus) {
        /** No limit but the host's. */
        public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalDouble.empty());

        public Limits {
            if (memoryBytes.isPresent() && memoryBytes.getAsLong() <= 0) {
                throw new IllegalArgumentException("memoryBytes is " + memoryBytes.getAsLong());
            }
            if (cpus.isPresent() && !(cpus.getAsDouble() > 0)) {
                throw new IllegalArgumentException("cpus is " + cpus.getAsDouble());
            }
        }
    }
}
