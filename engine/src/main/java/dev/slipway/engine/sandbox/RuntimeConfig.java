package dev.slipway.engine.sandbox;

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
    /** Docker's default set; the mask is a80425fb. */
    static final List<String> CAPABILITIES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE");

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

    /** A file of this machine that is shown at a path inside, read-only. */
    record BoundFile(Path file, String inside, boolean isExecutable) {
        BoundFile(Path file, String inside) {
            this(file, inside, false);
        }
    }

    /**
     * Writes the configuration.
     *
     * @param root the tree, an absolute path
     * @param controlGroup as {@code linux.cgroupsPath}
     */
    static byte[] json(Path root, ProcessSpec process, List<BoundFile> files, String controlGroup) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("ociVersion", "1.0.2");
        config.set("process", process(process));
        config.putObject("root").put("path", root.toString()).put("readonly", false);
        config.put("hostname", process.hostname());
        config.set("mounts", mounts(files));
        config.set("linux", linux(controlGroup, process.network()));
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
        strings(process.putArray("env"), spec.env());
        process.put("cwd", spec.workingDir());
        ObjectNode capabilities = process.putObject("capabilities");
        for (String set : List.of("bounding", "effective", "permitted")) {
            strings(capabilities.putArray(set), CAPABILITIES);
        }
        process.put("noNewPrivileges", false);
        return process;
    }

    private static ArrayNode mounts(List<BoundFile> files) {
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
        mount(mounts, "/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro");
        for (BoundFile file : files) {
            String execution = file.isExecutable() ? "exec" : "noexec";
            mount(mounts, file.inside(), "bind", file.file().toString(), "bind", "ro", "nosuid", "nodev", execution);
        }
        return mounts;
    }

    private static void mount(ArrayNode mounts, String destination, String type, String source, String... options) {
        ObjectNode mount = mounts.addObject();
        mount.put("destination", destination);
        mount.put("type", type);
        mount.put("source", source);
        strings(mount.putArray("options"), List.of(options));
    }

    private static ObjectNode linux(String controlGroup, NetworkMode network) {
        ObjectNode linux = JsonNodeFactory.instance.objectNode();
        linux.put("cgroupsPath", controlGroup);
        ObjectNode devices = linux.putObject("resources").putArray("devices").addObject();
        devices.put("allow", false).put("access", "rwm");
        ArrayNode namespaces = linux.putArray("namespaces");
        NAMESPACES.forEach(type -> namespaces.addObject().put("type", type));
        if (network == NetworkMode.NONE) {
            namespaces.addObject().put("type", "network"); // the runtime sets up loopback in it
        }
        strings(linux.putArray("maskedPaths"), MASKED);
        strings(linux.putArray("readonlyPaths"), READ_ONLY);
        return linux;
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
