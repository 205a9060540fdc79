package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the mounts of a RUN come to.
 *
 * @param mounts in the order in which they are made: by their targets
 * @param secretEnv ids of secrets, by the variable that has the value
 * @param agentSocket where the first ssh agent is seen
 */
public record CommandMounts(List<RunMount> mounts, Map<String, String> secretEnv, Optional<String> agentSocket) {
    public static final CommandMounts NONE = new CommandMounts(List.of(), Map.of(), Optional.empty());

    public CommandMounts {
        mounts = List.copyOf(mounts);
        secretEnv = Collections.unmodifiableMap(new LinkedHashMap<>(secretEnv));
        requireNonNull(agentSocket, "agentSocket is null");
    }

    /** Whose files the command sees. */
    public List<FileSource> files() {
        return mounts.stream()
                .flatMap(mount -> mount.files().stream())
                .distinct()
                .toList();
    }
}
