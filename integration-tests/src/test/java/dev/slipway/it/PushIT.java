package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code slipway push}: what lies in a layout gets its digest in a registry that we did not write, and in the stand-in. */
class PushIT {
    @TempDir
    private Path directory;

    @Test
    void anImageKeepsItsDigestThroughLayoutsAndRegistries() throws IOException {
        try (Workbench bench = Workbench.open(directory)) {
            Path context = bench.context("context", "FROM busybox:1.36\nCOPY Dockerfile /\nLABEL a=b\n");
            String built = bench.registry().host() + "/team/app:1";
            bench.slipway().buildAndPush(context, List.of("--format", "oci"), built);
            Path layout = directory.resolve("layout");
            skopeo("docker://" + built, "oci:" + layout + ":1");
            skopeo("docker://" + built, "oci-archive:" + directory.resolve("layout.tar") + ":1");

            String digest = digest(bench, built);
            for (Path place : new Path[] {layout, directory.resolve("layout.tar")}) {
                String copy = bench.registry().host() + "/copy/" + place.getFileName() + ":1";
                String out = bench.slipway()
                        .command("push", place.toString(), copy, copy.replace(":1", ":2"))
                        .run()
                        .mustSucceed()
                        .out();
                assertThat(out).contains("pushed " + copy, "digest " + digest);
                assertThat(digest(bench, copy.replace(":1", ":2"))).isEqualTo(digest);
                assertThat(bench.slipway()
                                .command(
                                        "push",
                                        "--local-ecr",
                                        place.toString(),
                                        "000000000000.dkr.ecr.us-east-1.amazonaws.com/team/app:1")
                                .run()
                                .mustSucceed()
                                .out())
                        .contains("digest " + digest);
            }
        }
    }

    private static void skopeo(String from, String to) {
        Command.of("skopeo", "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false", from, to)
                .run()
                .mustSucceed();
    }

    private static String digest(Workbench bench, String reference) {
        assertThat(reference).matches(Pattern.compile(".*:\\d+"));
        assertThat(bench.hasImage(reference)).isTrue();
        return Command.of("skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}", "docker://" + reference)
                .run()
                .mustSucceed()
                .out()
                .strip();
    }
}
