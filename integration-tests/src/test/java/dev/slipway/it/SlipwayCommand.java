package dev.slipway.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The launcher, with a state directory of its own and one registry that stands for Docker Hub. */
final class SlipwayCommand {
    private static final Path LAUNCHER = launcher();

    private final Path home;
    private final String registryHost;

    SlipwayCommand(Path home, String registryHost) {
        this.home = home;
        this.registryHost = registryHost;
    }

    Command command(String... words) {
        return Command.of(LAUNCHER.toString()).with(words).env("SLIPWAY_HOME", home.toString());
    }

    /** {@code slipway build} with Docker Hub mapped to the registry. */
    Command build(String... words) {
        return command("build", "--registry-map", "docker.io=http://" + registryHost)
                .with(words);
    }

    void buildAndPush(Path context, List<String> options, String reference) {
        build("--push", "-t", reference)
                .with(options)
                .with(".")
                .in(context)
                .run()
                .mustSucceed();
    }

    static Path launcher() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(directory.resolve("slipway"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "no launcher above " + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory.resolve("slipway");
    }
}
