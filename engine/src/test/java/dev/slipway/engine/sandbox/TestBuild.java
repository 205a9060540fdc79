package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.engine.snapshot.Written;
import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.linux.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A build's workspace with a base image of one program, Debian's static busybox. */
final class TestBuild implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    static final List<String> ENV = List.of("PATH=/bin");

    private final Workspace workspace;
    private final Tree base;

    private TestBuild(Workspace workspace, Tree base) {
        this.workspace = workspace;
        this.base = base;
    }

    static TestBuild open(Path home) throws IOException {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
        assertThat(BUSYBOX).as("these tests need Debian's busybox-static").isExecutable();
        Path layer = home.resolve("base");
        Path bin = Files.createDirectories(layer.resolve("bin"));
        Files.copy(BUSYBOX, bin.resolve("busybox"));
        for (String name :
                List.of("sh", "echo", "cat", "env", "grep", "id", "hostname", "ls", "rm", "mkdir", "sleep")) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
        }
        return new TestBuild(Workspace.open(home), new Tree(List.of(layer)));
    }

    Workspace workspace() {
        return workspace;
    }

    Tree base() {
        return base;
    }

    Snapshotter snapshotter() {
        return OverlaySnapshotter.open(workspace);
    }

    /** What a command did. */
    record Ran(SandboxExit exit, List<String> lines, Path layer) {
        String text() {
            return String.join("\n", lines);
        }

        /** The paths in the layer, sorted. */
        List<String> written() throws IOException {
            try (Stream<Path> all = Files.walk(layer)) {
                return all.filter(path -> !path.equals(layer))
                        .map(path -> layer.relativize(path).toString())
                        .sorted()
                        .toList();
            }
        }
    }

    /** Runs a shell script as root on the base image. */
    Ran sh(String script) {
        return run(base, spec("sh", "-c", script));
    }

    Ran run(Tree tree, ProcessSpec spec) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Written<SandboxExit> written = snapshotter()
                .write(
                        tree,
                        List.of(),
                        (root, sources) -> RuncSandbox.open(workspace).run(root, spec, lines::add));
        return new Ran(written.value(), lines, written.layer());
    }

    static ProcessSpec spec(String... args) {
        return spec(UserIds.ROOT, args);
    }

    static ProcessSpec spec(UserIds user, String... args) {
        return new ProcessSpec(List.of(args), ENV, "/", user, "buildkitsandbox", List.of());
    }

    /** A further layer, made as an instruction would make it. */
    Path layer(LayerWork work) {
        return snapshotter()
                .write(base, List.of(), (root, sources) -> {
                    try {
                        work.in(root);
                        return "";
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .layer();
    }

    interface LayerWork {
        void in(Path root) throws IOException;
    }

    @Override
    public void close() {
        workspace.close();
    }
}
