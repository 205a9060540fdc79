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
    /** Where they are by default; those for root are not in every PATH. */
    private static final String DEFAULT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static final String RUNTIME = "runc";

    /** Each with the Debian package that has it. */
    private static final List<List<String>> NEEDED =
            List.of(List.of(RUNTIME, "runc"), List.of("setpriv", "util-linux"), List.of("unshare", "util-linux"));

    private Programs() {}

    /** A PATH with all of them, if they are here at all. */
    static String searchPath() {
        return Stream.ofNullable(System.getenv("PATH"))
                .findFirst()
                .map(path -> path + ":" + DEFAULT)
                .orElse(DEFAULT);
    }

    /** What is not installed. */
    static List<Problem> missing() {
        List<Problem> problems = new ArrayList<>();
        for (List<String> program : NEEDED) {
            if (find(program.getFirst()).isEmpty()) {
                problems.add(Problem.of("RUN needs the program '" + program.getFirst() + "'", "it is not in PATH")
                        .remedy("install Debian's package " + program.getLast()));
            }
        }
        return problems;
    }

    static Optional<Path> find(String program) {
        return Stream.of(searchPath().split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
