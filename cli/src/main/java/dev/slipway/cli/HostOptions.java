package dev.slipway.cli;

import dev.slipway.engine.request.HostSettings;
import picocli.CommandLine.Command;

/** How the build uses this machine. */
@Command
final class HostOptions {
    HostSettings settings() {
        return HostSettings.DEFAULT;
    }
}
