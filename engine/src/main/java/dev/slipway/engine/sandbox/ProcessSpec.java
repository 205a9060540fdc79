package dev.slipway.engine.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.user.UserIds;
import java.util.List;

/**
 * A process to run in a sandbox.
 *
 * @param args program and arguments; the program is looked for in PATH of {@code env}
 * @param env {@code NAME=value}; nothing else is visible to the process
 * @param workingDir absolute, and there
 * @param scripts files that only this process sees
 */
public record ProcessSpec(
        List<String> args,
        List<String> env,
        String workingDir,
        UserIds user,
        String hostname,
        List<HostEntry> extraHosts,
        NetworkMode network,
        List<Script> scripts) {
    public ProcessSpec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        requireNonNull(user, "user is null");
        requireNonNull(hostname, "hostname is null");
        extraHosts = List.copyOf(extraHosts);
        requireNonNull(network, "network is null");
        scripts = List.copyOf(scripts);
        if (args.isEmpty()) {
            throw new IllegalArgumentException("there is no program to run");
        }
        if (!workingDir.startsWith("/")) {
            throw new IllegalArgumentException("workingDir is " + workingDir);
        }
    }

    /** A process in the network of this machine. */
    public ProcessSpec(
            List<String> args,
            List<String> env,
            String workingDir,
            UserIds user,
            String hostname,
            List<HostEntry> extraHosts) {
        this(args, env, workingDir, user, hostname, extraHosts, NetworkMode.HOST, List.of());
    }

    /** A process without scripts. */
    public ProcessSpec(
            List<String> args,
            List<String> env,
            String workingDir,
            UserIds user,
            String hostname,
            List<HostEntry> extraHosts,
            NetworkMode network) {
        this(args, env, workingDir, user, hostname, extraHosts, network, List.of());
    }

    /**
     * An executable file that is shown to the process, read-only, and leaves no trace in the tree.
     *
     * @param path absolute, below {@code /dev}, which is the process's own
     */
    public record Script(String path, String content) {
        public Script {
            requireNonNull(content, "content is null");
            if (!path.startsWith("/dev/")) {
                throw new IllegalArgumentException("a script is shown below /dev, not at " + path);
            }
        }
    }
}
