package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that runs a command without end, to be killed. Writes the id of its build and the command's output. */
final class HangingBuild {
    private HangingBuild() {}

    public static void main(String[] args) throws IOException {
        try (TestBuild build = TestBuild.open(Path.of(args[0]))) {
            System.out.println(build.workspace().id());
            build.snapshotter()
                    .write(
                            build.base(),
                            List.of(build.base()),
                            (root, sources) -> RuncSandbox.open(build.workspace())
                                    .run(
                                            root,
                                            TestBuild.spec(
                                                    "sh",
                                                    "-c",
                                                    "sleep 1000 >/dev/null 2>&1 & sh -c 'echo up; exec sleep 1000'"),
                                            System.out::println));
        }
    }
}
