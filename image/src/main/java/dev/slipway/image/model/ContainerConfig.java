package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * The {@code config} object of an image: what a container started from it gets.
 *
 * @param env {@code NAME=value}, in order, each name once
 * @param entrypoint absent is different from empty
 * @param cmd absent is different from empty
 * @param exposedPorts {@code 80/tcp}
 * @param shell absent where the default shell applies
 * @param argsEscaped Docker's legacy mark, which CMD sets
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md#properties">image-spec, config</a>
 */
public record ContainerConfig(
        String user,
        List<String> env,
        Optional<List<String>> entrypoint,
        Optional<List<String>> cmd,
        String workingDir,
        Map<String, String> labels,
        SequencedSet<String> exposedPorts,
        SequencedSet<String> volumes,
        String stopSignal,
        Optional<Healthcheck> healthcheck,
        Optional<List<String>> shell,
        List<String> onBuild,
        boolean argsEscaped) {
    public static final ContainerConfig EMPTY = new ContainerConfig(
            "",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            "",
            Map.of(),
            new TreeSet<>(),
            new TreeSet<>(),
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false);

    public ContainerConfig {
        requireNonNull(user, "user is null");
        requireNonNull(workingDir, "workingDir is null");
        requireNonNull(stopSignal, "stopSignal is null");
        requireNonNull(healthcheck, "healthcheck is null");
        env = List.copyOf(env);
        entrypoint = entrypoint.map(List::copyOf);
        cmd = cmd.map(List::copyOf);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        exposedPorts = Collections.unmodifiableSequencedSet(new TreeSet<>(exposedPorts));
        volumes = Collections.unmodifiableSequencedSet(new TreeSet<>(volumes));
        shell = shell.map(List::copyOf);
        onBuild = List.copyOf(onBuild);
    }
}
