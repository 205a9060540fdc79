package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A registry with a base image in it, and a Slipway whose Docker Hub it is. */
final class Workbench implements AutoCloseable {
    private final Path directory;
    private final Path home;
    private final LoopbackRegistry registry;
    private final SlipwayCommand slipway;

    private Workbench(Path directory, Path home, LoopbackRegistry registry) {
        this.directory = directory;
        this.home = home;
        this.registry = registry;
        this.slipway = new SlipwayCommand(home, registry.host());
    }

    static Workbench open(Path directory) throws IOException {
        Workbench bench = new Workbench(
                directory, Files.createDirectory(directory.resolve("home")), LoopbackRegistry.start(directory));
        Path base = Files.createDirectory(directory.resolve("base"));
        BusyboxRootfs.make(base);
        bench.slipway.buildAndPush(base, List.of(), bench.registry.host() + "/library/busybox:1.36");
        return bench;
    }

    LoopbackRegistry registry() {
        return registry;
    }

    SlipwayCommand slipway() {
        return slipway;
    }

    Path home() {
        return home;
    }

    /** A new build context with this Dockerfile. */
    Path context(String name, String dockerfile) throws IOException {
        Path context = Files.createDirectory(directory.resolve(name));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return context;
    }

    /** Whether the registry has a manifest of that name. */
    boolean hasImage(String reference) {
        return Command.of("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + reference)
                        .run()
                        .status()
                == 0;
    }

    @Override
    public void close() {
        registry.close();
        Command.of("rm", "-rf", directory.toString()).run();
    }
}
