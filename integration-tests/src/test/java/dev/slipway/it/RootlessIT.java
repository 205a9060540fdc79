package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Xattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds by an ordinary user, with the launcher, and nothing more than {@code newuidmap}: the images are those of root, byte
 * for byte. Needs root, to make the user.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RootlessIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LINE = "isolation: oci, rootless (overlay mounts in a user namespace of 65536 users)\n";

    /** Deletions, a replaced directory and attributes that the layers above have to read from an unpacked layer. */
    private static final String BASE = """
            FROM busybox:1.36 AS first
            RUN mkdir -p /opaque/deep /kept && touch /opaque/old /opaque/deep/old /deleted /kept/file /linked

            FROM first
            ADD attributes.tar /
            RUN rm -r /opaque /deleted && mkdir -m 2770 /opaque && touch /opaque/new && chown app:app /opaque/new
            """;

    private static final String DOCKERFILE = """
            FROM BASE
            RUN ls -A /opaque && test ! -e /deleted && id -u && cat /proc/self/uid_map
            COPY --chown=app:1001 --chmod=4755 tool /opt/tool
            COPY --chown=65535:65535 tool /opt/last
            RUN rm -r /opaque /kept/file && mkdir -p /opaque/deep && touch /opaque/deep/newer && ln /linked /hard
            RUN mkfifo /fifo && chmod 1777 /kept && chmod u+s,g+s /opt/last && chown 7:8 /capable /kept
            RUN --network=none [ "$(ls /sys/class/net)" != "" ] && ! wget -q -T 2 http://192.0.2.1/
            RUN --mount=type=cache,target=/cache,uid=1000 --mount=type=tmpfs,target=/scratch \\
                --mount=type=bind,target=/context,rw --mount=type=secret,id=s,uid=1000 \\
                touch /cache/c /scratch/s /context/new && test "$(cat /run/secrets/s)" = tool
            COPY --link --from=busybox:1.36 /etc/passwd /linked-layer/
            WORKDIR /made/deep
            USER app
            RUN id > /tmp/id && touch /tmp/mine && ! touch /etc/not-mine
            """;

    @TempDir
    static Path temp;

    private Workbench bench;
    private OrdinaryUser user;
    private Path context;

    @BeforeAll
    void makeUserAndBase() throws IOException {
        bench = Workbench.open(temp);
        user = OrdinaryUser.withRanges();
        Path base = bench.context("made-base", BASE);
        attributes(base);
        bench.slipway().buildAndPush(base, List.of("--reproducible"), reference("team/base"));
        context = context("context", DOCKERFILE.replace("BASE", reference("team/base")));
    }

    @AfterAll
    void removeThem() {
        user.close();
        bench.close();
    }

    private String reference(String repository) {
        return bench.registry().host() + "/" + repository + ":1";
    }

    /** An archive of a file with a capability (cap_net_raw=ep, as capabilities(7) has it on a disk) and an attribute. */
    private static void attributes(Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("capable"), "capable");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        ByteString path = ByteString.of(file);
        Xattrs.set(
                Fd.CWD,
                path,
                ByteString.of("security.capability"),
                HexFormat.of().parseHex("0100000200200000000000000000000000000000"));
        Xattrs.set(Fd.CWD, path, ByteString.of("user.note"), new byte[] {1, 0, 2});
        Command.of(
                        "tar",
                        "--xattrs",
                        "--xattrs-include=*",
                        "--owner=3",
                        "--group=4",
                        "-cf",
                        "attributes.tar",
                        "capable")
                .in(directory)
                .run()
                .mustSucceed();
    }

    private Path context(String name, String dockerfile) throws IOException {
        Path directory = bench.context(name, dockerfile);
        Path tool = Files.writeString(directory.resolve("tool"), "tool");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rw-r--r--"));
        return directory;
    }

    private Command.Result rootless(OrdinaryUser who, Path of, String... options) throws IOException {
        return asUser(who, of, options).run();
    }

    private Command asUser(OrdinaryUser who, Path of, String... options) throws IOException {
        Path shown = who.home().resolve(of.getFileName());
        if (!Files.exists(shown)) {
            Command.of("cp", "-r", of.toString(), shown.toString()).run().mustSucceed();
            who.own(shown);
        }
        return who.command(who.launcher().toString(), "build", "--registry-map")
                .with("docker.io=http://" + bench.registry().host())
                .with(options)
                .with(shown.toString());
    }

    @Test
    void theImageIsTheOneThatRootBuilds() throws IOException {
        String[] options = {"--reproducible", "--push", "--secret", "id=s,src=tool", "-t"};
        Command.Result root = bench.slipway()
                .build(options)
                .with(reference("by/root"), ".")
                .in(context)
                .run()
                .mustSucceed();
        Path id = user.home().resolve("id");
        String secret = "id=s,src=" + user.home().resolve("context/tool");
        Command.Result ordinary = rootless(
                        user,
                        context,
                        "--reproducible",
                        "--push",
                        "--secret",
                        secret,
                        "--iidfile",
                        id.toString(),
                        "-t",
                        reference("by/user"))
                .mustSucceed();

        assertThat(root.err()).contains("isolation: oci (overlay mounts, as root)\n");
        assertThat(ordinary.err()).contains(LINE);
        assertThat(digest(ordinary)).isEqualTo(digest(root));
        assertThat(bench.hasImage(reference("by/user"))).isTrue();
        assertThat(owner(id)).as("who owns what the user asked for").isEqualTo(user.uid());
        assertThat(owner(state().resolve("blobs"))).isEqualTo(user.uid());
        assertThat(state().resolve("builds")).isEmptyDirectory();
    }

    private Path state() {
        return user.home().resolve(".cache/slipway");
    }

    private static int owner(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).intValue();
    }

    private static String digest(Command.Result result) {
        return result.out()
                .lines()
                .filter(line -> line.startsWith("digest "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.out()));
    }

    @Test
    void anOwnerBeyondTheRangeIsNamedWithTheRemedy() throws IOException {
        Path copied = context("beyond-copy", "FROM busybox:1.36\nCOPY --chown=70000:1 tool /far\n");
        Path command = context("beyond-user", "FROM busybox:1.36\nUSER 70001\nRUN true\n");

        assertThat(rootless(user, copied)).satisfies(result -> {
            assertThat(result.status()).isEqualTo(5);
            assertThat(result.err()).contains("Dockerfile:2:1", "/far cannot belong to 70000:1", "/etc/subuid");
        });
        assertThat(rootless(user, command)).satisfies(result -> {
            assertThat(result.status()).isEqualTo(5);
            assertThat(result.err()).contains("Dockerfile:3:1", "cannot belong to 70001:0", "/etc/subuid");
        });
    }

    @Test
    void anImageWithAnOwnerBeyondTheRangeIsRefusedWhenItIsUnpacked() throws IOException {
        Path base = context("far-base", "FROM busybox:1.36\nCOPY --chown=70002:70003 tool /far\n");
        bench.slipway().buildAndPush(base, List.of(), reference("team/far"));
        Path of = context("far", "FROM " + reference("team/far") + "\nRUN true\n");

        Command.Result result = rootless(user, of);

        assertThat(result.status()).isEqualTo(5);
        assertThat(result.err()).contains("cannot belong to 70002:70003", "/etc/subuid");
    }

    @Test
    void limitsThatCannotBeKeptAreTold() throws IOException {
        Path of = context("limited", "FROM busybox:1.36\nRUN true\n");

        assertThat(rootless(user, of, "--memory", "100Mi").mustSucceed().err())
                .contains("warning: commands are not held to the limits of this build");
    }

    /** Whoever has no range is told so before anything is done, and how to get one. */
    @Test
    void withoutARangeNothingIsDoneAndTheRemedyIsNamed() throws IOException {
        try (OrdinaryUser poor = OrdinaryUser.withoutRanges()) {
            Command.Result result = rootless(poor, context("poor", "FROM busybox:1.36\nRUN true\n"));

            assertThat(result.status()).isEqualTo(5);
            assertThat(result.err())
                    .contains(
                            "isolation: none (there is no user namespace for user",
                            "/etc/subuid has no range",
                            "usermod --add-subuids")
                    .doesNotContain("#1 ");
            assertThat(rootless(poor, context("configuration", "FROM busybox:1.36\nENV a=b\n"))
                            .mustSucceed()
                            .out())
                    .startsWith("digest sha256:");
        }
    }

    @Test
    void nothingOutlivesAKilledBuildAndTheNextOneRemovesTheRest() throws IOException, InterruptedException {
        Path of = context("killed", "FROM busybox:1.36\nRUN echo up; sleep 600\n");
        ProcessBuilder builder = asUser(user, of, "--progress=plain").builder();
        Path said = temp.resolve("killed.log");
        Process build =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        awaitTrue(() -> says(said, "| up"));
        assertThat(user.processes()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(state().resolve("builds")).isNotEmptyDirectory();

        build.destroyForcibly().waitFor();

        awaitTrue(() -> {
            try {
                return user.processes().isEmpty();
            } catch (IOException e) {
                return false;
            }
        });
        assertThat(Files.readString(Path.of("/proc/mounts")))
                .doesNotContain(user.home().toString());
        rootless(user, context("after", "FROM busybox:1.36\nRUN true\n")).mustSucceed();
        try (Stream<Path> left = Files.list(state().resolve("builds"))) {
            assertThat(left).isEmpty();
        }
    }

    private static boolean says(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + SOON).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
