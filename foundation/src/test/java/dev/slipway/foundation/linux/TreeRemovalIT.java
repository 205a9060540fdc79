package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command can leave behind, and what must never be touched; as root. */
class TreeRemovalIT {
    private static final ByteString DEEPER = ByteString.of("d");

    @TempDir
    Path directory;

    @BeforeEach
    void asRoot() {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
    }

    @Test
    void aTreeDeeperThanAnyPathOrStackIsRemoved() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.createDirectory(tree.resolve("deep-0"));
        Fd here = Nodes.openDirectory(tree);
        for (int depth = 0; depth < 10_000; depth++) {
            Nodes.makeDirectory(here, DEEPER, 0755);
            Nodes.makeSymlink(ByteString.of("/"), here, ByteString.of("link"));
            Fd inner = Nodes.openAt(here, DEEPER, 0, OpenFlag.DIRECTORY);
            here.close();
            here = inner;
        }
        here.close();

        TreeRemoval.remove(tree);

        assertThat(tree).doesNotExist();
    }

    @Test
    void whatIsMountedInTheTreeStays() throws Exception {
        Path kept = Files.createDirectory(directory.resolve("kept"));
        Files.writeString(kept.resolve("file"), "content");
        Path mounted = Files.createDirectories(directory.resolve("tree/mounted"));
        onThreadOfItsOwn(() -> {
            Mounts.leaveMountNamespace();
            Mounts.bind(kept, mounted);
            assertThatThrownBy(() -> TreeRemoval.remove(directory.resolve("tree")))
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EXDEV));
        });

        assertThat(kept.resolve("file")).hasContent("content");
    }

    @Test
    void aTreeThatIsNotThereIsNoFault() {
        TreeRemoval.remove(directory.resolve("nothing"));
        TreeRemoval.remove(directory.resolve("nothing/at/all"));

        assertThat(directory).isEmptyDirectory();
    }

    private static void onThreadOfItsOwn(Runnable work) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        Thread.ofPlatform().start(task);
        assertThat(task.get()).isTrue();
    }
}
