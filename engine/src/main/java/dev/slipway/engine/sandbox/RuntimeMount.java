package dev.slipway.engine.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of {@code mounts} in an OCI configuration.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md#mounts">runtime-spec, mounts</a>
 */
record RuntimeMount(String destination, String type, String source, List<String> options) {
    RuntimeMount {
        options = List.copyOf(options);
    }

    static RuntimeMount of(String destination, String type, String source, String... options) {
        return new RuntimeMount(destination, type, source, List.of(options));
    }

    /** A directory or file of this machine, with these options. */
    static RuntimeMount bind(Path source, String destination, String... options) {
        List<String> all = new ArrayList<>(List.of("bind"));
        all.addAll(List.of(options));
        return new RuntimeMount(destination, "bind", source.toString(), all);
    }

    /** A file that cannot be changed, and is executed only if it is meant to be. */
    static RuntimeMount shownFile(Path file, String destination, boolean isExecutable) {
        return bind(file, destination, "ro", "nosuid", "nodev", isExecutable ? "exec" : "noexec");
    }
}
