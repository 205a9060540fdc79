package dev.slipway.engine.sandbox;

import dev.slipway.engine.plain.PlainSnapshotter;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.user.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that runs a command without end with a changed root, to be killed. Writes the command's output. */
final class HangingChroot {
    private HangingChroot() {}

    public static void main(String[] args) throws IOException {
        try (TestBuild build = TestBuild.open(Files.createDirectories(Path.of(args[0])))) {
            PlainSnapshotter.open(build.workspace(), SnapshotMode.REDO)
                    .write(
                            build.base(),
                            List.of(),
                            (root, sources) -> ChrootSandbox.open(build.workspace())
                                    .run(
                                            root,
                                            TestBuild.spec(
                                                    new UserIds(1000, 1000, List.of(), "/"),
                                                    "sh",
                                                    "-c",
                                                    "busybox setsid sleep 1000 & sh -c 'echo up; exec sleep 1000'"),
                                            System.out::println));
        }
    }
}
