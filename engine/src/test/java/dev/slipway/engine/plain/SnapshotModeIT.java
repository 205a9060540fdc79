package dev.slipway.engine.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Xattrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each way to find changes finds: FULL and REDO all there are, TIME only what changes a modification time. */
class SnapshotModeIT {
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path home;

    interface Work {
        void in(Path root) throws IOException;
    }

    /** Changes of the file {@code f} (content "content", mode 0644) that a careless comparison does not see. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    enum Hidden {
        SAME_SIZE_AND_TIME(root -> {
            Files.writeString(root.resolve("f"), "CONTENT");
            Files.setLastModifiedTime(root.resolve("f"), OLD);
        }),
        MODE(root -> Files.setPosixFilePermissions(root.resolve("f"), PosixFilePermissions.fromString("rw-r----x"))),
        OWNER(root -> Files.setAttribute(root.resolve("f"), "unix:uid", 7)),
        GROUP(root -> Files.setAttribute(root.resolve("f"), "unix:gid", 7)),
        ATTRIBUTE(root ->
                Xattrs.set(Fd.CWD, ByteString.of(root.resolve("f")), ByteString.of("user.note"), new byte[] {1})),
        RENAMED_OVER(root -> {
            Files.writeString(root.resolve("new"), "CONTENT");
            Files.setLastModifiedTime(root.resolve("new"), OLD);
            Files.move(root.resolve("new"), root.resolve("f"), StandardCopyOption.REPLACE_EXISTING);
        }),
        SWAPPED_WITH_A_FILE_OF_SAME_SIZE_AND_TIME(root -> {
            Files.move(root.resolve("f"), root.resolve("x"));
            Files.move(root.resolve("g"), root.resolve("f"));
            Files.move(root.resolve("x"), root.resolve("g"));
        }),
        MAPPED(root -> {
            try (FileChannel file =
                    FileChannel.open(root.resolve("f"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MappedByteBuffer mapped = file.map(FileChannel.MapMode.READ_WRITE, 0, 7);
                mapped.put(0, (byte) 'C');
                mapped.force();
            }
            Files.setLastModifiedTime(root.resolve("f"), OLD);
        });

        private final Work work;

        Hidden(Work work) {
            this.work = work;
        }
    }

    private static void prepare(Path root) throws IOException {
        for (String name : List.of("f", "g")) {
            Files.writeString(root.resolve(name), name.equals("f") ? "content" : "Content");
            Files.setLastModifiedTime(root.resolve(name), OLD);
        }
        Files.createSymbolicLink(root.resolve("link"), Path.of("f"));
    }

    /** Carries the work out on the prepared tree right after it was scanned, and gives what the layer has. */
    private List<String> changed(SnapshotMode mode, Work work) throws IOException {
        try (Workspace workspace = Workspace.open(home)) {
            Snapshotter snapshotter = PlainSnapshotter.open(workspace, mode);
            Tree base = new Tree(List.of(layer(snapshotter, Tree.EMPTY, SnapshotModeIT::prepare)));
            Path layer = layer(snapshotter, base, work);
            try (Stream<Path> names = Files.list(layer)) {
                return names.map(path -> path.getFileName().toString()).sorted().toList();
            }
        }
    }

    private static Path layer(Snapshotter snapshotter, Tree base, Work work) {
        return snapshotter
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

    @ParameterizedTest
    @EnumSource
    void fullFindsWhatHidesItself(Hidden change) throws IOException {
        assertThat(changed(SnapshotMode.FULL, change.work)).contains("f");
    }

    @ParameterizedTest
    @EnumSource
    void redoFindsWhatHidesItself(Hidden change) throws IOException {
        assertThat(changed(SnapshotMode.REDO, change.work)).contains("f");
    }

    /** The reason why it wants {@code --no-verify}. */
    @ParameterizedTest
    @EnumSource(names = {"SAME_SIZE_AND_TIME", "MODE", "OWNER", "ATTRIBUTE", "RENAMED_OVER"})
    void timeLosesThem(Hidden change) throws IOException {
        assertThat(changed(SnapshotMode.TIME, change.work)).doesNotContain("f");
    }

    @ParameterizedTest
    @EnumSource
    void aLinkWithAnotherTargetOfTheSameLengthIsFound(SnapshotMode mode) throws IOException {
        assertThat(changed(mode, root -> {
                    Files.delete(root.resolve("link"));
                    Files.createSymbolicLink(root.resolve("link"), Path.of("g"));
                }))
                .contains("link");
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "REDO"})
    void aFileThatBecomesADirectoryAndOneThatGoesAreFound(SnapshotMode mode) throws IOException {
        assertThat(changed(mode, root -> {
                    Files.delete(root.resolve("f"));
                    Files.createDirectory(root.resolve("f"));
                    Files.setLastModifiedTime(root.resolve("f"), OLD);
                    Files.delete(root.resolve("g"));
                }))
                .contains("f", "g");
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "REDO"})
    void aHardLinkThatIsCutIsFound(SnapshotMode mode) throws IOException {
        try (Workspace workspace = Workspace.open(home)) {
            Snapshotter snapshotter = PlainSnapshotter.open(workspace, mode);
            Tree base = new Tree(List.of(layer(snapshotter, Tree.EMPTY, root -> {
                prepare(root);
                Files.createLink(root.resolve("hard"), root.resolve("f"));
            })));
            Path layer = layer(snapshotter, base, root -> {
                Files.copy(root.resolve("f"), root.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(root.resolve("copy"), root.resolve("hard"), StandardCopyOption.REPLACE_EXISTING);
            });

            assertThat(Files.exists(layer.resolve("hard"), LinkOption.NOFOLLOW_LINKS))
                    .isTrue();
        }
    }

    /** Many changes in one tick of the file system's clock, each between two scans. */
    @Test
    void redoFindsChangesWithinATickOfTheClock() throws IOException {
        try (Workspace workspace = Workspace.open(home)) {
            Snapshotter snapshotter = PlainSnapshotter.open(workspace, SnapshotMode.REDO);
            Tree tree = new Tree(List.of(layer(snapshotter, Tree.EMPTY, SnapshotModeIT::prepare)));
            for (int i = 0; i < 50; i++) {
                String content = "%07d".formatted(i);
                Path layer = layer(snapshotter, tree, root -> {
                    Files.writeString(root.resolve("f"), content);
                    Files.setLastModifiedTime(root.resolve("f"), OLD);
                });
                try (Fd directory = Nodes.openDirectory(layer)) {
                    assertThat(Nodes.find(directory, ByteString.of("f")))
                            .as(content)
                            .isPresent();
                }
                assertThat(layer.resolve("f")).hasContent(content);
                tree = tree.plus(layer);
            }
        }
    }
}
