package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.Credentials;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A {@code .git} that goes into an image: without credentials, and without a trace of how it was fetched. */
final class KeptRepository {
    private KeptRepository() {}

    /** Cleans a repository and those of its submodules. */
    static void clean(Path repository) throws IOException {
        Files.deleteIfExists(repository.resolve("FETCH_HEAD"));
        Path logs = repository.resolve("logs");
        if (Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS)) {
            TreeRemoval.remove(logs);
        }
        Path config = repository.resolve("config");
        String text = Files.readString(config);
        Files.writeString(config, Credentials.redact(text).replace("://***@", "://"));
        Path modules = repository.resolve("modules");
        if (Files.isDirectory(modules, LinkOption.NOFOLLOW_LINKS)) {
            cleanBelow(modules);
        }
    }

    /** A submodule's name may have slashes. */
    private static void cleanBelow(Path directory) throws IOException {
        List<Path> children;
        try (Stream<Path> listed = Files.list(directory)) {
            children = listed.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path child : children) {
            if (Files.isRegularFile(child.resolve("HEAD")) && Files.isRegularFile(child.resolve("config"))) {
                clean(child);
            } else {
                cleanBelow(child);
            }
        }
    }
}
