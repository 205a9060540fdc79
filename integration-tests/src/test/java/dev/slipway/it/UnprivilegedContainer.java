package dev.slipway.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A container as docker makes it by default: its capabilities, its masked paths, and a seccomp profile that denies what
 * makes namespaces and mounts ({@code unshare}, {@code mount}, {@code setns}, flags of {@code clone}; {@code clone3} is not
 * there). It sees the files of this machine, read-only, and one directory that it may write to. Needs root and runc.
 *
 * @param directory the one that it may write to, at the same path
 */
public record UnprivilegedContainer(Path directory) {
    private static final String CONFIG = "/container/unprivileged.json";
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** A command that runs the program as root of the container; its mounts on this machine end with it. */
    public Command command(Map<String, String> env, List<String> program) throws IOException {
        Path bundle = Files.createTempDirectory(directory, "bundle");
        Files.createDirectory(bundle.resolve("rootfs"));
        Files.write(bundle.resolve("config.json"), config(env, program));
        return Command.of("unshare", "--mount", "--propagation=private", "sh", "-c")
                .with("mount --rbind / rootfs && exec runc --root \"$PWD/state\" run --bundle . \"$0\"")
                .with("slipway-" + directory.getFileName() + "-" + bundle.getFileName())
                .in(bundle);
    }

    private byte[] config(Map<String, String> env, List<String> program) throws IOException {
        JsonMapper json = new JsonMapper();
        try (InputStream template = UnprivilegedContainer.class.getResourceAsStream(CONFIG)) {
            if (template == null) {
                throw new IOException(CONFIG + " is not among the test data");
            }
            ObjectNode config = (ObjectNode) json.readTree(template);
            ObjectNode process = (ObjectNode) config.get("process");
            program.forEach(process.putArray("args")::add);
            process.putArray("env").add("PATH=" + PATH).add("LC_ALL=C.UTF-8");
            env.forEach((name, value) -> process.withArray("env").add(name + "=" + value));
            ObjectNode mount = config.withArray("mounts").addObject();
            mount.put("destination", directory.toString()).put("type", "bind").put("source", directory.toString());
            mount.putArray("options").add("bind").add("rw");
            return json.writeValueAsBytes(config);
        }
    }
}
