package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the build uses the machine that it runs on.
 *
 * @param limits what the build may take
 */
public record HostSettings(Limits limits) {
    /** No limit but the host's. */
    public static final HostSettings DEFAULT = new HostSettings(Limits.NONE);

    public HostSettings {
        requireNonNull(limits, "limits is null");
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
