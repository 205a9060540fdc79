package dev.slipway.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.context.LocalContext;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.foundation.linux.Xattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies on a real file system, as root. */
class TreeCopyIT {
    private static final ByteString DIRECTORY = ByteString.of("d");
    private static final Attributes PLAIN = new Attributes(Optional.empty(), Optional.empty(), true);

    @TempDir
    Path temp;

    private Path source;
    private Path target;

    @BeforeEach
    void makeDirectories() throws IOException {
        source = Files.createDirectory(temp.resolve("source"));
        target = Files.createDirectory(temp.resolve("target"));
    }

    @AfterEach
    void removeWhatIsTooDeepForOthers() {
        TreeRemoval.remove(source);
        TreeRemoval.remove(target);
    }

    /** 2000 names of one letter: as deep as a path that a program can say. More is possible, one step at a time. */
    @Test
    void aTreeOfTwoThousandLevelsIsCopiedWithFewOpenDirectories() throws IOException {
        int depth = 2500;
        makeDeep(depth);
        long before = openDescriptors();
        try (TreeCopy copy = new TreeCopy(PLAIN, true)) {
            contents(copy, Selection.ALL);
            assertThat(copy.directories()).isEqualTo(depth);
            assertThat(copy.files()).isEqualTo(1);
        }
        assertThat(openDescriptors()).isLessThanOrEqualTo(before + 2);
        assertThat(depthOf(target)).isEqualTo(depth);
    }

    /** The directories on the way are made late, when the only file that is taken turns up at the bottom. */
    @Test
    void theWayToADeepFileIsMadeWhenItIsFound() throws IOException {
        makeDeep(1000);
        try (TreeCopy copy = new TreeCopy(PLAIN, true)) {
            contents(copy, new IgnoreSelection(IgnoreSelection.allBut("**/bottom")));
        }
        assertThat(depthOf(target)).isEqualTo(1000);
    }

    @Test
    void manyHardlinkedFilesKeepTheirLinks() throws IOException {
        int files = 2000;
        for (int i = 0; i < files; i++) {
            Path directory = Files.createDirectory(source.resolve("d" + i));
            Files.writeString(directory.resolve("a"), "x");
            Files.createLink(directory.resolve("b"), directory.resolve("a"));
        }
        long before = openDescriptors();
        try (TreeCopy copy = new TreeCopy(PLAIN, true)) {
            contents(copy, Selection.ALL);
            assertThat(openDescriptors()).isLessThan(before + 20);
        }
        for (int i = 0; i < files; i += 97) {
            assertThat(Files.getAttribute(target.resolve("d" + i + "/a"), "unix:ino"))
                    .isEqualTo(Files.getAttribute(target.resolve("d" + i + "/b"), "unix:ino"));
        }
    }

    @Test
    void extendedAttributesSurviveChown() throws IOException {
        Files.writeString(source.resolve("f"), "x");
        byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        ByteString name = ByteString.of("security.capability");
        try (Fd file = Nodes.open(source.resolve("f"))) {
            Xattrs.set(file, name, capability);
            Xattrs.set(file, ByteString.of("user.note"), new byte[] {'n'});
        }
        Attributes owned = new Attributes(Optional.of(new Ownership(7, 8)), Optional.empty(), false);
        try (TreeCopy copy = new TreeCopy(owned, true)) {
            contents(copy, Selection.ALL);
        }
        try (Fd file = Nodes.open(target.resolve("f"))) {
            assertThat(Nodes.stat(file).uid()).isEqualTo(7);
            assertThat(Xattrs.get(file, name)).contains(capability);
            assertThat(Xattrs.get(file, ByteString.of("user.note"))).contains(new byte[] {'n'});
        }
    }

    @Test
    void aDirectoryDoesNotGoOverASymlink() throws IOException {
        Files.createDirectories(source.resolve("sub"));
        Files.createSymbolicLink(target.resolve("sub"), temp);
        assertThatThrownBy(() -> {
                    try (TreeCopy copy = new TreeCopy(PLAIN, true)) {
                        contents(copy, Selection.ALL);
                    }
                })
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("cannot copy to non-directory: sub");
    }

    /** What is left out is not even looked at: the directories that are opened are counted. */
    @Test
    void ignoredDirectoriesOfAContextAreNotEntered() throws IOException {
        int ignored = 200;
        int each = 50 * Integer.getInteger("slipway.cases", 1); // 10,000 files, 100,000 in ./test --full
        for (int i = 0; i < ignored; i++) {
            Path inner = Files.createDirectories(source.resolve("module" + i + "/node_modules/pkg/lib"));
            for (int file = 0; file < each; file++) {
                Files.writeString(inner.resolve("f" + file), "");
            }
        }
        Files.createDirectories(source.resolve("vendor/keep/deep"));
        Files.createDirectories(source.resolve("vendor/drop/deep"));
        Files.writeString(source.resolve("vendor/keep/deep/f"), "");
        Files.writeString(source.resolve(".dockerignore"), "**/node_modules\nvendor\n!vendor/keep\n");
        LocalContext context = LocalContext.open(source, source.resolve("Dockerfile"));
        try (TreeCopy copy = new TreeCopy(PLAIN, true);
                SourceRoot root = context.source()) {
            contents(copy, root.selection());
            // Each module, vendor, vendor/keep and vendor/keep/deep; of the ignored files not one directory.
            assertThat(copy.directories()).isEqualTo(ignored + 3);
            assertThat(copy.files()).isEqualTo(2);
        }
        assertThat(target.resolve("vendor/keep/deep/f")).exists();
        assertThat(target.resolve("vendor/drop")).doesNotExist();
    }

    private void contents(TreeCopy copy, Selection selection) {
        try (Fd from = Nodes.openDirectory(source);
                Fd to = Nodes.openDirectory(target)) {
            copy.contents(from, selection, to);
        }
    }

    private void makeDeep(int depth) throws IOException {
        Fd at = Nodes.openDirectory(source);
        for (int i = 0; i < depth; i++) {
            try (Fd above = at) {
                Nodes.makeDirectory(above, DIRECTORY, 0755);
                at = Nodes.openAt(above, DIRECTORY, 0, OpenFlag.DIRECTORY);
            }
        }
        try (Fd bottom = at) {
            Nodes.openAt(bottom, ByteString.of("bottom"), 0644, OpenFlag.CREATE, OpenFlag.WRITE_ONLY)
                    .close();
        }
    }

    private static int depthOf(Path top) {
        int depth = 0;
        Fd at = Nodes.openDirectory(top);
        while (Nodes.find(at, DIRECTORY).isPresent()) {
            try (Fd above = at) {
                at = Nodes.openAt(above, DIRECTORY, 0, OpenFlag.DIRECTORY);
            }
            depth++;
        }
        try (Fd bottom = at) {
            assertThat(Nodes.find(bottom, ByteString.of("bottom"))).isPresent();
        }
        return depth;
    }

    private static long openDescriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
