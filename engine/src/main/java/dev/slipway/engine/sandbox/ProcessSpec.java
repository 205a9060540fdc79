package dev.slipway.engine.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.secret.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process to run in a sandbox.
 *
 * @param args program and arguments; the program is looked for in PATH of {@code env}
 * @param env {@code NAME=value}; nothing else is visible to the process, but for {@code secretEnv}
 * @param secretEnv variables whose values nobody may see, none of which is in {@code env}
 * @param workingDir absolute, and there
 * @param mounts in the order in which they are made
 * @param privileged whether it has every capability that this program has, and every device of this machine
 */
public record ProcessSpec(
        List<String> args,
        List<String> env,
        Map<String, Secret> secretEnv,
        String workingDir,
        UserIds user,
        String hostname,
        List<HostEntry> extraHosts,
        NetworkMode network,
        List<SandboxMount> mounts,
        boolean privileged) {
    public ProcessSpec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        secretEnv = Collections.unmodifiableMap(new LinkedHashMap<>(secretEnv));
        requireNonNull(user, "user is null");
        requireNonNull(hostname, "hostname is null");
        extraHosts = List.copyOf(extraHosts);
        requireNonNull(network, "network is null");
        mounts = List.copyOf(mounts);
        if (args.isEmpty()) {
            throw new IllegalArgumentException("there is no program to run");
        }
        if (!workingDir.startsWith("/")) {
            throw new IllegalArgumentException("workingDir is " + workingDir);
        }
    }

    /** A process in the network of this machine, confined as usual, without mounts. */
    public ProcessSpec(
            List<String> args,
            List<String> env,
            String workingDir,
            UserIds user,
            String hostname,
            List<HostEntry> extraHosts) {
        this(args, env, Map.of(), workingDir, user, hostname, extraHosts, NetworkMode.HOST, List.of(), false);
    }

    /** With other variables that are secret. */
    public ProcessSpec withSecretEnv(Map<String, Secret> others) {
        return new ProcessSpec(args, env, others, workingDir, user, hostname, extraHosts, network, mounts, privileged);
    }

    /** In another network. */
    public ProcessSpec withNetwork(NetworkMode other) {
        return new ProcessSpec(args, env, secretEnv, workingDir, user, hostname, extraHosts, other, mounts, privileged);
    }

    /** With other mounts. */
    public ProcessSpec withMounts(List<SandboxMount> others) {
        return new ProcessSpec(
                args, env, secretEnv, workingDir, user, hostname, extraHosts, network, others, privileged);
    }

    /** Confined or not. */
    public ProcessSpec withPrivileged(boolean other) {
        return new ProcessSpec(args, env, secretEnv, workingDir, user, hostname, extraHosts, network, mounts, other);
    }
}
