package dev.slipway.engine.sandbox;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code runc} writes to its log when it cannot do what it is asked for. */
final class RuntimeLog {
    private static final Pattern ERROR = Pattern.compile("level=error msg=\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** A program that is not there or may not be run is the Dockerfile's fault, not this machine's. */
    private static final Pattern COMMAND =
            Pattern.compile("exec(?: failed)?:|executable file not found|permission denied");

    private RuntimeLog() {}

    /** The error, unless it only says that the command itself could not be started. */
    static Optional<MachineException> firstError(String log) {
        Matcher matcher = ERROR.matcher(log);
        while (matcher.find()) {
            String message = matcher.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
            if (!COMMAND.matcher(message).find()) {
                return Optional.of(new MachineException(Problem.of("the OCI runtime cannot run the command", message)
                        .remedy("this needs root, namespaces and control groups: run Slipway where it has them")));
            }
        }
        return Optional.empty();
    }
}
