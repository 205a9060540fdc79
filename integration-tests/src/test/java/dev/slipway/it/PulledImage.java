package dev.slipway.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image as other tools see it: its configuration as pushed, and its tree as {@code umoci} unpacks it.
 *
 * @param tree path to {@code type mode uid:gid …}, without times
 */
record PulledImage(JsonNode config, Map<String, String> tree) {
    private static final JsonMapper JSON = new JsonMapper();

    static PulledImage pull(String reference, Path directory) {
        String config = Command.of(
                        "skopeo", "inspect", "--tls-verify=false", "--config", "--raw", "docker://" + reference)
                .run()
                .mustSucceed()
                .out();
        Path layout = directory.resolve("layout");
        Path bundle = directory.resolve("bundle");
        Command.of("skopeo", "copy", "-q", "--src-tls-verify=false", "docker://" + reference, "oci:" + layout + ":it")
                .run()
                .mustSucceed();
        Command.of("umoci", "unpack", "--image", layout + ":it", bundle.toString())
                .run()
                .mustSucceed();
        return new PulledImage(JSON.readTree(config), list(bundle.resolve("rootfs")));
    }

    /** The values of the configuration that a user set, by name. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (String name : List.of(
                "Env",
                "Cmd",
                "Entrypoint",
                "User",
                "WorkingDir",
                "Labels",
                "ExposedPorts",
                "Volumes",
                "Healthcheck",
                "StopSignal",
                "Shell",
                "OnBuild")) {
            JsonNode value = config.path("config").path(name);
            boolean empty = value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty());
            if (!empty && !value.asString("-").isEmpty()) {
                String text = ordered(value);
                if (!text.equals("{}")) {
                    settings.put(name, text);
                }
            }
        }
        return settings;
    }

    private static String ordered(JsonNode value) {
        if (!value.isObject()) {
            return value.toString();
        }
        Map<String, String> members = new TreeMap<>();
        value.properties().forEach(member -> members.put(member.getKey(), ordered(member.getValue())));
        members.remove("io.buildah.version");
        return members.toString();
    }

    static Map<String, String> list(Path root) {
        Map<String, String> digests = new TreeMap<>();
        String sums = Command.of("sh", "-c", "find . -type f -exec sha256sum -z {} +")
                .in(root)
                .run()
                .mustSucceed()
                .out();
        for (String line : sums.split("\0")) {
            if (!line.isEmpty()) {
                digests.put(line.substring(66), line.substring(0, 64));
            }
        }
        String listing = Command.of("find", ".", "-printf", "%p\\0%y %m %U:%G\\0%i\\0%n\\0%l\\0")
                .in(root)
                .run()
                .mustSucceed()
                .out();
        String[] fields = listing.split("\0", -1);
        Map<String, List<String>> names = new LinkedHashMap<>();
        Map<String, String> tree = new TreeMap<>();
        for (int i = 0; i + 4 < fields.length; i += 5) {
            String path = fields[i];
            boolean directory = fields[i + 1].startsWith("d");
            tree.put(path, fields[i + 1] + " " + digests.getOrDefault(path, "") + fields[i + 4]);
            if (!directory && !fields[i + 3].equals("1")) {
                names.computeIfAbsent(fields[i + 2], inode -> new ArrayList<>()).add(path);
            }
        }
        names.values()
                .forEach(links -> links.forEach(path ->
                        tree.merge(path, " links " + links.stream().sorted().toList(), String::concat)));
        return tree;
    }
}
