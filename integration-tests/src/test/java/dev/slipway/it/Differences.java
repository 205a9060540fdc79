package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the reference asks for where the peer is known to do something else. */
record Differences(Map<String, String> tree, Map<String, String> config) {
    static Differences read(Path directory) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        Map<String, String> config = new TreeMap<>();
        Path file = directory.resolve("differs");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] words = line.split(" ", 4);
                if (words.length < 3 || !words[2].equals("=")) {
                    throw new IllegalArgumentException(file + ": not 'tree|config NAME = VALUE': " + line);
                }
                String value = words.length == 4 ? words[3] : "";
                (words[0].equals("tree") ? tree : config).put(words[1], value);
            }
        }
        return new Differences(tree, config);
    }

    Map<String, String> applyToTree(Map<String, String> peers) {
        return apply(tree, peers);
    }

    Map<String, String> applyToConfig(Map<String, String> peers) {
        return apply(config, peers);
    }

    private static Map<String, String> apply(Map<String, String> known, Map<String, String> peers) {
        Map<String, String> all = new TreeMap<>(peers);
        known.forEach((name, value) -> {
            if (value.isEmpty()) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return all;
    }
}
