package dev.slipway.engine.sandbox;

import dev.slipway.foundation.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine that run commands. */
final class Programs {
    /** Where programs are, those for root included. */
    static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static final String RUNTIME = "runc";

    /** Each with the Debian package that has it. */
    private static final List<List<String>> NEEDED =
            List.of(List.of(RUNTIME, "runc"), List.of("setpriv", "util-linux"), List.of("unshare", "util-linux"));

    private Programs() {}

    /** What is not installed. */
    static List<Problem> missing() {
        List<Problem> problems = new ArrayList<>();
        for (List<String> program : NEEDED) {
            if (find(program.getFirst()).isEmpty()) {
                problems.add(
                        Problem.of("RUN needs the program '" + program.getFirst() + "'", "it is not in " + SEARCH_PATH)
                                .remedy("install Debian's package " + program.getLast()));
            }
        }
        return problems;
    }

    static Optional<Path> find(String program) {
        return Stream.of(SEARCH_PATH.split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
