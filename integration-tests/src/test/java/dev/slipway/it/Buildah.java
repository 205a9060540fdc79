package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The peer builder, with storage of its own and one registry that stands for Docker Hub. */
final class Buildah {
    private final Path directory;

    Buildah(Path directory, String registryHost) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("registries.conf"), """
                unqualified-search-registries = ["docker.io"]
                [[registry]]
                prefix = "docker.io/library"
                location = "%s/library"
                insecure = true
                """.formatted(registryHost));
    }

    /** Builds the context and pushes the result as a Docker schema 2 image. */
    void buildAndPush(Path context, List<String> options, String reference) {
        buildah("bud", "--isolation", "chroot", "--format", "docker", "--network", "host")
                .with(options)
                .with("-t", reference, ".")
                .in(context)
                .run()
                .mustSucceed();
        buildah("push", "--tls-verify=false", "--format", "v2s2", reference, "docker://" + reference)
                .run()
                .mustSucceed();
    }

    private Command buildah(String... words) {
        return Command.of(
                        "buildah",
                        "--root",
                        directory.resolve("storage").toString(),
                        "--runroot",
                        directory.resolve("run").toString(),
                        "--storage-driver",
                        "overlay")
                .with(words)
                .env(
                        "CONTAINERS_REGISTRIES_CONF",
                        directory.resolve("registries.conf").toString());
    }
}
