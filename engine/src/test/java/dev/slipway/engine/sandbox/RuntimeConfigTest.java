package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.user.UserIds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference: runtime-spec 1.0.2, config.md and config-linux.md. */
class RuntimeConfigTest {
    private static final JsonNode CONFIG = config(NetworkMode.HOST);

    private static JsonNode config(NetworkMode network) {
        return config(network, new RuntimePlace.OfRoot("/slipway/build/run-1"));
    }

    private static JsonNode config(NetworkMode network, RuntimePlace place) {
        ProcessSpec process = new ProcessSpec(
                        List.of("/bin/sh", "-c", "echo \"é\""),
                        List.of("A=b"),
                        "/work",
                        new UserIds(7, 8, List.of(8, 9), "/home/seven"),
                        "name",
                        List.of())
                .withNetwork(network);
        return new JsonMapper()
                .readTree(RuntimeConfig.json(
                        Path.of("/tree"),
                        process,
                        List.of(RuntimeMount.shownFile(Path.of("/bundle/hosts"), "/etc/hosts", false)),
                        place));
    }

    /** runc without root: no sysfs without a network namespace, no control group that it could write. */
    @Test
    void aUserNamespaceGetsTheMachinesOwnSysAndNoControlGroup() {
        JsonNode config = config(NetworkMode.HOST, new RuntimePlace.OfUserNamespace());

        assertThat(config.path("linux").has("cgroupsPath")).isFalse();
        assertThat(config.path("linux").has("resources")).isFalse();
        JsonNode system = mount(config, "/sys");
        assertThat(system.path("source").asString()).isEqualTo("/sys");
        assertThat(strings(system.path("options"))).contains("rbind", "ro", "nosuid", "nodev", "noexec");
        assertThat(mount(config, "/sys/fs/cgroup").path("type").asString()).isEqualTo("tmpfs");
        assertThat(mount(CONFIG, "/sys").path("type").asString()).isEqualTo("sysfs");
    }

    @Test
    void theProcessIsAsAskedFor() {
        JsonNode process = CONFIG.path("process");

        assertThat(strings(process.path("args"))).containsExactly("/bin/sh", "-c", "echo \"é\"");
        assertThat(strings(process.path("env"))).containsExactly("A=b");
        assertThat(process.path("cwd").asString()).isEqualTo("/work");
        assertThat(process.path("terminal").asBoolean()).isFalse();
        assertThat(process.path("user").path("uid").asInt()).isEqualTo(7);
        assertThat(process.path("user").path("gid").asInt()).isEqualTo(8);
        assertThat(strings(process.path("user").path("additionalGids"))).containsExactly("8", "9");
        assertThat(CONFIG.path("hostname").asString()).isEqualTo("name");
        assertThat(CONFIG.path("root").path("path").asString()).isEqualTo("/tree");
        assertThat(CONFIG.path("root").path("readonly").asBoolean()).isFalse();
    }

    @Test
    void itMayGainPrivilegesAsSetuidProgramsDo() {
        assertThat(CONFIG.path("process").path("noNewPrivileges").asBoolean()).isFalse();
    }

    @Test
    void capabilitiesAreNotInherited() {
        JsonNode capabilities = CONFIG.path("process").path("capabilities");

        assertThat(strings(capabilities.path("bounding")))
                .hasSize(14)
                .contains("CAP_CHOWN")
                .doesNotContain("CAP_SYS_ADMIN");
        assertThat(capabilities.has("inheritable")).isFalse();
        assertThat(capabilities.has("ambient")).isFalse();
    }

    @Test
    void filesAreMountedReadOnlyAfterTheFileSystems() {
        JsonNode last = CONFIG.path("mounts").path(CONFIG.path("mounts").size() - 1);

        assertThat(last.path("destination").asString()).isEqualTo("/etc/hosts");
        assertThat(last.path("source").asString()).isEqualTo("/bundle/hosts");
        assertThat(strings(last.path("options"))).contains("bind", "ro");
    }

    @Test
    void theNetworkNamespaceIsSharedUnlessThereIsToBeNone() {
        assertThat(namespaces(CONFIG)).containsExactly("pid", "ipc", "uts", "mount");
        assertThat(namespaces(config(NetworkMode.NONE))).containsExactly("pid", "ipc", "uts", "mount", "network");
    }

    @Test
    void theControlGroupIsNamed() {
        assertThat(CONFIG.path("linux").path("cgroupsPath").asString()).isEqualTo("/slipway/build/run-1");
    }

    private static List<String> namespaces(JsonNode config) {
        return StreamSupport.stream(config.path("linux").path("namespaces").spliterator(), false)
                .map(namespace -> namespace.path("type").asString())
                .toList();
    }

    private static JsonNode mount(JsonNode config, String destination) {
        for (JsonNode mount : config.path("mounts")) {
            if (mount.path("destination").asString().equals(destination)) {
                return mount;
            }
        }
        throw new AssertionError("nothing is mounted on " + destination);
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
