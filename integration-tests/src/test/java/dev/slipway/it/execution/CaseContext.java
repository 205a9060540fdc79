package dev.slipway.it.execution;

import dev.slipway.it.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Lays out the build context of a case. */
final class CaseContext {
    private CaseContext() {}

    /** @param directory a place that does not exist */
    static Path make(ExecutionCase test, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("Dockerfile"), test.dockerfile());
        for (Map.Entry<String, String> file : test.files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Command.of("sh", "-c", "chmod -R u=rwX,go=rX .").in(directory).run().mustSucceed();
        if (!test.prepare().isEmpty()) {
            Path script = directory.resolveSibling(directory.getFileName() + ".prepare.sh");
            Files.writeString(script, "set -e; umask 022\n" + test.prepare());
            Command.of("sh", script.toString()).in(directory).run().mustSucceed();
        }
        return directory;
    }
}
