package dev.slipway.engine.sandbox;

import dev.slipway.engine.user.UserIds;
import java.util.List;

/**
 * A process to run in a sandbox.
 *
 * @param args program and arguments; the program is looked for in PATH of {@code env}
 * @param env {@code NAME=value}; nothing else is visible to the process
 * @param workingDir absolute, and there
 */
public record ProcessSpec(
        List<String> args,
        List<String> env,
        String workingDir,
        UserIds user,
        String hostname,
        List<HostEntry> extraHosts) {
    public ProcessSpec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        extraHosts = List.copyOf(extraHosts);
    }
}
