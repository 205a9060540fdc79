package dev.slipway.cli;

import dev.slipway.engine.request.CommandSettings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands of RUN find. */
final class CommandOptions {
    @Option(
            names = "--add-host",
            paramLabel = "HOST=IP",
            description = "line for /etc/hosts of RUN (repeatable; HOST:IP, too)")
    private List<String> addHosts = new ArrayList<>();

    CommandSettings settings() {
        return CommandSettings.DEFAULT.withExtraHosts(Assignments.hosts("--add-host", addHosts));
    }
}
