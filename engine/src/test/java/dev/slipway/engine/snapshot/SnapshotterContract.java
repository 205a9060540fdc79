package dev.slipway.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.MergedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link Snapshotter} says of every implementation. */
public abstract class SnapshotterContract {
    @TempDir
    protected Path home;

    protected Workspace workspace;
    protected Snapshotter snapshotter;

    protected abstract Snapshotter open(Workspace workspace);

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.open(home);
        snapshotter = open(workspace);
    }

    @AfterEach
    void close() {
        workspace.close();
        assertThat(workspace.directory()).doesNotExist();
    }

    @Test
    void newFilesLieInTheLayerAndNothingElseDoes() {
        Tree base = tree(write(Tree.EMPTY, root -> {
            Files.createDirectories(root.resolve("a/b"));
            Files.writeString(root.resolve("a/b/old"), "old");
        }));
        Path layer = write(base, root -> Files.writeString(root.resolve("a/b/new"), "new"));

        assertThat(paths(layer)).containsExactly("a", "a/b", "a/b/new");
        assertThat(layer.resolve("a/b/new")).hasContent("new");
        assertThat(shown(base.plus(layer))).containsExactly("a", "a/b", "a/b/new", "a/b/old");
        assertThat(shown(base)).containsExactly("a", "a/b", "a/b/old");
    }

    @Test
    void aDeletedNameIsAWhiteout() {
        Tree base = tree(write(Tree.EMPTY, root -> {
            Files.createDirectories(root.resolve("d/e"));
            Files.writeString(root.resolve("f"), "f");
        }));
        Path layer = write(base, root -> {
            Files.delete(root.resolve("f"));
            Files.delete(root.resolve("d/e"));
            Files.delete(root.resolve("d"));
        });

        assertThat(stat(layer, "f").isWhiteout()).isTrue();
        assertThat(stat(layer, "d").isWhiteout()).isTrue();
        assertThat(shown(base.plus(layer))).isEmpty();
    }

    @Test
    void aDirectoryInPlaceOfADeletedOneHasOnlyItsOwnNames() {
        Tree base = tree(write(Tree.EMPTY, root -> {
            Files.createDirectory(root.resolve("d"));
            Files.writeString(root.resolve("d/below"), "");
        }));
        Path layer = write(base, root -> {
            Files.delete(root.resolve("d/below"));
            Files.delete(root.resolve("d"));
            Files.createDirectory(root.resolve("d"));
            Files.writeString(root.resolve("d/own"), "");
        });

        assertThat(merged(base.plus(layer), "d")).containsExactly("own");
        assertThat(shown(base.plus(layer))).containsExactly("d", "d/own");
    }

    @Test
    void aChangeOfModeBringsTheWholeFileIntoTheLayer() {
        Tree base = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "content")));
        Path layer = write(base, root -> {
            try (Fd directory = Nodes.openDirectory(root)) {
                Nodes.changeMode(directory, ByteString.of("f"), 0400);
            }
        });

        assertThat(layer.resolve("f")).hasContent("content");
        assertThat(stat(layer, "f").mode()).isEqualTo(0400);
    }

    @Test
    void theRootKeepsWhatTheLayerBelowSaysOfIt() {
        Path first = write(Tree.EMPTY, root -> {
            try (Fd directory = Nodes.openDirectory(root)) {
                Nodes.changeOwner(directory, 5, 6);
                Nodes.changeMode(directory, 01711);
            }
        });
        Path second = write(tree(first), root -> Files.writeString(root.resolve("f"), ""));

        Stat stat = stat(second, ".");
        assertThat(List.of(stat.uid(), stat.gid(), stat.mode())).containsExactly(5, 6, 01711);
    }

    @Test
    void viewsOfSourcesAreThereInTheirOrder() {
        Tree one = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "one")));
        Tree two = one.plus(write(one, root -> Files.writeString(root.resolve("f"), "two")));
        List<String> seen = new ArrayList<>();
        Path layer = snapshotter
                .write(Tree.EMPTY, List.of(one, two, Tree.EMPTY), (root, sources) -> {
                    try {
                        seen.add(Files.readString(sources.getFirst().resolve("f")));
                        seen.add(Files.readString(sources.get(1).resolve("f")));
                        Files.copy(sources.getFirst().resolve("f"), root.resolve("copied"));
                        return paths(sources.getLast());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .layer();

        assertThat(seen).containsExactly("one", "two");
        assertThat(layer.resolve("copied")).hasContent("one");
    }

    @Test
    void writersOnOneBaseDoNotDisturbEachOther() throws Exception {
        Tree base = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "base")));
        try (TaskScope scope = new TaskScope(4)) {
            List<Future<Path>> layers = IntStream.range(0, 8)
                    .mapToObj(i -> scope.fork(
                            "write " + i,
                            () -> write(base, root -> {
                                assertThat(root.resolve("f")).hasContent("base");
                                Files.writeString(root.resolve("f"), "changed by " + i);
                            })))
                    .toList();
            scope.join();
            for (int i = 0; i < layers.size(); i++) {
                assertThat(layers.get(i).get().resolve("f")).hasContent("changed by " + i);
            }
        }
    }

    @Test
    void whatTheWorkThrowsComesBackAsItIsAndNothingIsKept() throws IOException {
        Tree base = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "base")));
        int before = kept().size();
        IllegalStateException thrown = new IllegalStateException("of the work");

        assertThatThrownBy(() -> snapshotter.write(base, List.of(), (root, sources) -> {
                    try {
                        Files.writeString(root.resolve("f"), "half done");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThatThrownBy(() -> snapshotter.read(List.of(), roots -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(kept()).hasSizeLessThanOrEqualTo(before);
        assertThat(write(base, root -> assertThat(root.resolve("f")).hasContent("base")))
                .isEmptyDirectory();
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.list(workspace.directory())) {
            return all.toList();
        }
    }

    @Test
    void anInterruptReachesTheWorkAndTheCallEndsAfterIt() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            snapshotter.read(List.of(), roots -> {
                started.countDown();
                try {
                    Thread.sleep(Duration.ofMinutes(5));
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                return "";
            });
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        started.await();
        caller.interrupt();
        caller.join();

        assertThat(interrupted).isTrue();
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void aLayerThatIsMadeApartHidesNothing() {
        Tree base = tree(write(Tree.EMPTY, root -> {
            Files.createDirectories(root.resolve("a/b"));
            Files.writeString(root.resolve("a/b/old"), "old");
        }));
        Path apart = snapshotter
                .writeApart(base, List.of(base), (root, sources) -> {
                    assertThat(paths(root)).isEmpty();
                    assertThat(paths(sources.getFirst())).contains("a/b/old");
                    try {
                        Files.createDirectories(root.resolve("a/b"));
                        Files.writeString(root.resolve("a/b/new"), "new");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return "";
                })
                .layer();
        assertThat(shown(base.plus(apart))).containsExactly("a", "a/b", "a/b/new", "a/b/old");
    }

    /** A change of a tree that may fail. */
    protected interface Change {
        void in(Path root) throws IOException;
    }

    protected final Path write(Tree base, Change change) {
        return snapshotter
                .write(base, List.of(), (root, sources) -> {
                    try {
                        change.in(root);
                        return "";
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .layer();
    }

    protected static Tree tree(Path layer) {
        return new Tree(List.of(layer));
    }

    protected final List<String> shown(Tree tree) {
        return snapshotter.read(List.of(tree), roots -> paths(roots.getFirst()));
    }

    /** The names in a directory of layers, by what the layers themselves say. */
    private static List<String> merged(Tree tree, String name) {
        try (MergedDirectory root = MergedDirectory.open(tree.layers().reversed());
                MergedDirectory inner = root.enter(ByteString.of(name))) {
            return inner.names().stream().map(ByteString::toString).toList();
        }
    }

    protected static List<String> paths(Path layer) {
        try (Stream<Path> all = Files.walk(layer)) {
            return all.filter(path -> !path.equals(layer))
                    .map(path -> layer.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected static Stat stat(Path layer, String name) {
        try (Fd directory = Nodes.openDirectory(layer)) {
            return Nodes.stat(directory, ByteString.of(name));
        }
    }
}
