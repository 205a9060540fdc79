package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * {@code RUN [--mount=…]… [--network=…] [--security=…] COMMAND}.
 *
 * @param mounts in the order of the line
 */
public record Run(Origin origin, RunForm form, List<MountFlag> mounts, Network network, Security security)
        implements Instruction {
    public Run {
        requireNonNull(origin, "origin is null");
        requireNonNull(form, "form is null");
        requireNonNull(network, "network is null");
        requireNonNull(security, "security is null");
        mounts = List.copyOf(mounts);
    }

    @Override
    public String keyword() {
        return "RUN";
    }

    /** The network that the command sees. */
    public enum Network {
        /** What the build as a whole uses. */
        DEFAULT,
        /** Loopback only. */
        NONE,
        /** The builder's own; needs to be allowed. */
        HOST
    }

    /** How far the command is confined. */
    public enum Security {
        SANDBOX,
        /** Full capabilities; needs to be allowed. */
        INSECURE
    }
}
