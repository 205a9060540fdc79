package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.sandbox.SandboxMount.Content;
import dev.slipway.engine.sandbox.SandboxMount.Writes;
import dev.slipway.engine.sandbox.TestBuild.Ran;
import dev.slipway.foundation.secret.Secret;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process sees besides its tree, and that nothing of it stays. */
class SandboxMountsIT {
    @TempDir
    private Path home;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = TestBuild.open(home);
    }

    @AfterEach
    void close() {
        build.close();
    }

    private Ran run(SandboxMount mount, String script) {
        return build.run(build.base(), TestBuild.spec("sh", "-c", script).withMounts(List.of(mount)));
    }

    private Path directory() throws IOException {
        Path source = Files.createDirectory(home.toRealPath().resolve("source"));
        Files.writeString(source.resolve("f"), "x\n");
        return source;
    }

    @Test
    void writesAreRefusedDiscardedOrKept() throws IOException {
        Path source = directory();
        String script = "cat /m/f; echo y >/m/f; echo z >/m/new; cat /m/f";

        assertThat(run(new SandboxMount.Bind(source, "/m", Writes.REFUSED), script)
                        .text())
                .contains("Read-only file system");
        assertThat(run(new SandboxMount.Bind(source, "/m", Writes.DISCARDED), script)
                        .lines())
                .containsExactly("x", "y");
        assertThat(source.resolve("f")).hasContent("x\n");
        assertThat(source.resolve("new")).doesNotExist();
        assertThat(run(new SandboxMount.Bind(source, "/m", Writes.KEPT), script).lines())
                .containsExactly("x", "y");
        assertThat(source.resolve("new")).hasContent("z\n");
    }

    @Test
    void nothingOfAMountIsInTheLayer() throws IOException {
        Path source = directory();
        for (SandboxMount mount : List.of(
                new SandboxMount.Bind(source, "/a/b/c", Writes.DISCARDED),
                new SandboxMount.Bind(source.resolve("f"), "/a/file", Writes.REFUSED),
                new SandboxMount.Tmpfs("/t/u", OptionalLong.empty()),
                new SandboxMount.ShownFile(Content.of("content"), "/run/secrets/s", 0400, 0, 0))) {
            assertThat(run(mount, "cat /run/secrets/s /a/b/c/f /a/file 2>/dev/null")
                            .written())
                    .isEmpty();
        }
    }

    @Test
    void aSecretIsOnNoDiskWhileTheCommandRuns() throws Exception {
        ProcessSpec spec = TestBuild.spec("sh", "-c", "cat /s >/dev/null; echo ready; sleep 2")
                .withMounts(List.of(new SandboxMount.ShownFile(Content.of("very-secret"), "/s", 0400, 0, 0)))
                .withSecretEnv(Map.of("TOKEN", Secret.of("very-secret")));
        Thread running = Thread.ofVirtual().start(() -> build.run(build.base(), spec));
        Thread.sleep(1000);

        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/bin/"))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("very-secret");
            }
        }
        running.join();
    }

    @Test
    void anAgentIsAskedForKeysAndSignaturesAndForNothingElse() throws Exception {
        Path socket = home.resolve("agent");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> answer(agent));
            try (AgentRelay relay = AgentRelay.listen(home.resolve("relay"), socket)) {
                assertThat(relay).isNotNull();
                try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("relay")))) {
                    assertThat(ask(client, 11)).as("request identities").isEqualTo(12);
                    assertThat(ask(client, 13)).as("sign").isEqualTo(14);
                    assertThat(ask(client, 17)).as("add identity").isEqualTo(5);
                    assertThat(ask(client, 19)).as("remove all").isEqualTo(5);
                    assertThat(ask(client, 22)).as("lock").isEqualTo(5);
                }
            }
        }
    }

    @Test
    void aProcessTalksToTheAgent() throws IOException {
        Path socket = home.resolve("agent");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> answer(agent));
            Ran ran = run(
                    new SandboxMount.AgentSocket(socket, "/run/agent", 0600, 7, 8),
                    "busybox stat -c '%F %a %u:%g' /run/agent;"
                            + " printf '\\000\\000\\000\\001\\013' | busybox nc local:/run/agent | busybox od -An -tx1");

            assertThat(ran.lines().getFirst()).isEqualTo("socket 600 7:8");
            assertThat(ran.written()).isEmpty();
        }
    }

    @Test
    void aPrivilegedProcessHasWhatThisProgramHas() {
        String script = "grep CapEff /proc/self/status";

        assertThat(build.run(build.base(), TestBuild.spec("sh", "-c", script).withPrivileged(true))
                        .text())
                .doesNotContain("00000000a80425fb");
    }

    /** Answers each request with a message of the next type. */
    private static void answer(ServerSocketChannel agent) {
        try (SocketChannel client = agent.accept()) {
            while (true) {
                int type = readType(client);
                send(client, type + 1);
            }
        } catch (IOException _) {
            // the client has gone
        }
    }

    private static int ask(SocketChannel client, int type) throws IOException {
        send(client, type);
        return readType(client);
    }

    private static void send(SocketChannel channel, int type) throws IOException {
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
        out.writeInt(1);
        out.writeByte(type);
        out.flush();
    }

    private static int readType(SocketChannel channel) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        byte[] message = new byte[in.readInt()];
        in.readFully(message);
        return message[0];
    }
}
