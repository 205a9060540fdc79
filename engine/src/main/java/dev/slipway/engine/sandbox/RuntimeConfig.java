package dev.slipway.engine.sandbox;

import dev.slipway.foundation.linux.FileType;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code config.json} of an OCI bundle: what docker gives a container by default, except for its seccomp profile,
 * which would be {@code linux.seccomp}.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md">runtime-spec 1.0.2</a>
 */
final class RuntimeConfig {
    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");
    private static final List<String> NAMESPACES = List.of("pid", "ipc", "uts", "mount");

    private static final JsonMapper JSON = new JsonMapper();

    private RuntimeConfig() {}

    /**
     * Writes the configuration.
     *
     * @param root the tree, an absolute path
     * @param shown what the process sees besides the file systems that every process has, in this order
     * @param place what the runtime can do where it runs
     */
    static byte[] json(Path root, ProcessSpec process, List<RuntimeMount> shown, RuntimePlace place) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("ociVersion", "1.0.2");
        config.set("process", process(process));
        config.putObject("root").put("path", root.toString()).put("readonly", false);
        config.put("hostname", process.hostname());
        config.set("mounts", mounts(shown, process.privileged(), place));
        config.set("linux", linux(place, process));
        return JSON.writeValueAsBytes(config);
    }

    private static ObjectNode process(ProcessSpec spec) {
        ObjectNode process = JsonNodeFactory.instance.objectNode();
        process.put("terminal", false);
        ObjectNode user = process.putObject("user");
        user.put("uid", spec.user().uid());
        user.put("gid", spec.user().gid());
        user.put("umask", 022);
        ArrayNode groups = user.putArray("additionalGids");
        spec.user().additionalGids().forEach(groups::add);
        strings(process.putArray("args"), spec.args());
        ArrayNode env = process.putArray("env");
        strings(env, spec.env());
        spec.secretEnv().forEach((name, value) -> env.add(name + "=" + value.reveal()));
        process.put("cwd", spec.workingDir());
        ObjectNode capabilities = process.putObject("capabilities");
        for (String set : List.of("bounding", "effective", "permitted")) {
            strings(
                    capabilities.putArray(set),
                    spec.privileged() ? Capabilities.ofThisProgram() : Capabilities.DEFAULT);
        }
        process.put("noNewPrivileges", false);
        process.put("oomScoreAdj", OutOfMemoryOrder.ofCommands());
        return process;
    }

    private static ArrayNode mounts(List<RuntimeMount> shown, boolean privileged, RuntimePlace place) {
        ArrayNode mounts = JsonNodeFactory.instance.arrayNode();
        mount(mounts, "/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        mount(mounts, "/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        mount(
                mounts,
                "/dev/pts",
                "devpts",
                "devpts",
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620",
                "gid=5");
        mount(mounts, "/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k");
        mount(mounts, "/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
        system(mounts, privileged ? "rw" : "ro", place);
        for (RuntimeMount mount : shown) {
            mount(
                    mounts,
                    mount.destination(),
                    mount.type(),
                    mount.source(),
                    mount.options().toArray(String[]::new));
        }
        return mounts;
    }

    /**
     * A user namespace can mount {@code sysfs} only together with a network of its own: it gets the one of this machine,
     * with everything that is mounted in it, which it cannot take apart; but no control groups, as anywhere else.
     */
    private static void system(ArrayNode mounts, String access, RuntimePlace place) {
        switch (place) {
            case RuntimePlace.OfRoot _ -> mount(mounts, "/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", access);
            case RuntimePlace.OfUserNamespace _ -> {
                mount(mounts, "/sys", "none", "/sys", "rbind", "nosuid", "noexec", "nodev", "ro");
                mount(mounts, "/sys/fs/cgroup", "tmpfs", "tmpfs", "nosuid", "noexec", "nodev", "ro", "mode=755");
            }
        }
    }

    private static void mount(ArrayNode mounts, String destination, String type, String source, String... options) {
        ObjectNode mount = mounts.addObject();
        mount.put("destination", destination);
        mount.put("type", type);
        mount.put("source", source);
        strings(mount.putArray("options"), List.of(options));
    }

    private static ObjectNode linux(RuntimePlace place, ProcessSpec spec) {
        ObjectNode linux = JsonNodeFactory.instance.objectNode();
        if (place instanceof RuntimePlace.OfRoot root) {
            linux.put("cgroupsPath", root.controlGroup());
            ObjectNode access = linux.putObject("resources").putArray("devices").addObject();
            access.put("allow", spec.privileged()).put("access", "rwm");
        }
        ArrayNode namespaces = linux.putArray("namespaces");
        NAMESPACES.forEach(type -> namespaces.addObject().put("type", type));
        if (spec.network() == NetworkMode.NONE) {
            namespaces.addObject().put("type", "network"); // the runtime sets up loopback in it
        }
        if (spec.privileged()) {
            devices(linux.putArray("devices"));
        } else {
            strings(linux.putArray("maskedPaths"), MASKED);
            strings(linux.putArray("readonlyPaths"), READ_ONLY);
        }
        return linux;
    }

    private static void devices(ArrayNode devices) {
        for (HostDevices.HostDevice found : HostDevices.list()) {
            ObjectNode device = devices.addObject();
            device.put("path", found.path());
            device.put("type", found.type() == FileType.BLOCK_DEVICE ? "b" : "c");
            device.put("major", found.device().major());
            device.put("minor", found.device().minor());
            device.put("fileMode", found.mode());
            device.put("uid", found.uid());
            device.put("gid", found.gid());
        }
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
