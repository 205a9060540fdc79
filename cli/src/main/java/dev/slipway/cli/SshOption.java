package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code --ssh ID[=SOCKET]}. */
final class SshOption {
    private static final String OPTION = "--ssh";
    private static final String VARIABLE = "SSH_AUTH_SOCK";

    private SshOption() {}

    /** @throws InvalidInputException if one of them is no agent's socket */
    static Map<String, Path> read(List<String> texts, Surroundings surroundings) {
        Map<String, Path> agents = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String id = equals < 0 ? text : text.substring(0, equals);
            if (id.isEmpty()) {
                throw new InvalidInputException(
                        Problem.of("'" + text + "' is not ID or ID=SOCKET").at(OPTION));
            }
            String socket = equals < 0
                    ? surroundings
                            .variable(VARIABLE)
                            .orElseThrow(() -> new InvalidInputException(new Problem(
                                    OPTION,
                                    "'" + text + "'",
                                    "there is no " + VARIABLE,
                                    "start ssh-agent, or write ID=SOCKET")))
                    : text.substring(equals + 1);
            agents.put(id, socket(text, surroundings.resolve(Path.of(socket))));
        }
        return agents;
    }

    private static Path socket(String text, Path path) {
        if (!Files.exists(path)) {
            throw new InvalidInputException(
                    Problem.of("'" + text + "'", "there is no " + path).at(OPTION));
        }
        if (!isSocket(path)) {
            throw new InvalidInputException(new Problem(
                    OPTION,
                    "'" + text + "'",
                    path + " is not the socket of an agent, and keys are not read from files",
                    "start ssh-agent, add the key with ssh-add, and name its socket"));
        }
        return path;
    }

    private static boolean isSocket(Path path) {
        try {
            int type = (int) Files.getAttribute(path, "unix:mode") & 0170000;
            return type == 0140000;
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of(path.toString(), String.valueOf(e.getMessage())).at(OPTION));
        }
    }
}
