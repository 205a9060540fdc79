package dev.slipway.it.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a case: free text that tells the rule, then sections, each begun by a line {@code -- name --}. What the sections
 * mean is told in {@code README.md} beside the cases.
 */
final class CaseFile {
    private static final Pattern HEADER = Pattern.compile("-- (\\S.*?) --");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SETTING = Pattern.compile("(\\S+) = ?(.*)");
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final Map<String, String> sections = new LinkedHashMap<>();

    private CaseFile(String name, String text) {
        this.name = name;
        String section = "";
        StringBuilder content = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            Matcher header = HEADER.matcher(line.strip());
            if (header.matches()) {
                put(section, content.toString());
                section = header.group(1);
                content.setLength(0);
            } else {
                content.append(line);
            }
        }
        put(section, content.toString());
    }

    private void put(String section, String content) {
        if (sections.put(section, content) != null) {
            throw wrong("has two sections " + section);
        }
    }

    /** @throws IllegalArgumentException if it is no whole case */
    static ExecutionCase parse(String name, String text) {
        return new CaseFile(name, text).read();
    }

    private ExecutionCase read() {
        if (sections.getOrDefault("", "").isBlank()) {
            throw wrong("does not say which rule it shows");
        }
        Map<String, String> images = withPrefix("image ");
        Map<String, String> files = withPrefix("context/");
        ExecutionCase read = new ExecutionCase(
                name,
                needed("Dockerfile"),
                images,
                files,
                sections.getOrDefault("prepare.sh", ""),
                words(sections.getOrDefault("options", "")),
                expected(),
                lines("output"),
                lines("warnings"),
                sections.containsKey("warnings"),
                peer());
        List<String> known = List.of(
                "",
                "Dockerfile",
                "prepare.sh",
                "options",
                "tree",
                "config",
                "history",
                "output",
                "warnings",
                "error",
                "buildah");
        for (String section : sections.keySet()) {
            if (!known.contains(section) && !section.startsWith("image ") && !section.startsWith("context/")) {
                throw wrong("has an unknown section " + section);
            }
        }
        return read;
    }

    private Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        sections.forEach((section, content) -> {
            if (section.startsWith(prefix)) {
                found.put(section.substring(prefix.length()), content);
            }
        });
        return found;
    }

    private ExecutionCase.Expected expected() {
        if (sections.containsKey("error")) {
            List<String> error = lines("error");
            if (error.size() < 2) {
                throw wrong("expects an error and does not say what it tells");
            }
            return new ExecutionCase.Refusal(Integer.parseInt(error.getFirst()), error.subList(1, error.size()));
        }
        needed("tree");
        needed("config");
        needed("history");
        Map<String, JsonNode> config = new TreeMap<>();
        for (String line : lines("config")) {
            Matcher setting = SETTING.matcher(line);
            if (!setting.matches()) {
                throw wrong("config has a line that is not NAME = JSON: " + line);
            }
            config.put(setting.group(1), json(setting.group(2)));
        }
        List<TreeLine> tree = lines("tree").stream().map(TreeLine::parse).toList();
        return new ExecutionCase.Image(tree, config, lines("history"));
    }

    private ExecutionCase.Peer peer() {
        List<String> lines =
                lines("buildah").stream().filter(line -> !line.startsWith("#")).toList();
        if (lines.isEmpty()) {
            return ExecutionCase.Peer.AGREES;
        }
        if (lines.getFirst().matches("(cannot parse|cannot build|accepts|not asked): \\S.*")) {
            String[] parts = lines.getFirst().split(": ", 2);
            return new ExecutionCase.Peer(parts[0], String.join(" ", lines), Map.of(), Map.of());
        }
        Map<String, String> tree = new TreeMap<>();
        Map<String, String> config = new TreeMap<>();
        for (String line : lines) {
            Matcher setting = SETTING.matcher(line.replaceFirst("^(tree|config) ", ""));
            if (!setting.matches() || !line.matches("(tree|config) .*")) {
                throw wrong("buildah has a line that is not 'tree|config NAME = VALUE': " + line);
            }
            (line.startsWith("tree") ? tree : config).put(setting.group(1), setting.group(2));
        }
        return new ExecutionCase.Peer("", String.join(" ", lines), tree, config);
    }

    private List<String> lines(String section) {
        return sections.getOrDefault(section, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String needed(String section) {
        String content = sections.get(section);
        if (content == null) {
            throw wrong("has no section " + section);
        }
        return content;
    }

    private JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + ": not JSON: " + text, e);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        // a quoted value may follow directly on its option's name, as in --build-arg "A=b c"
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("the case " + name + " " + why);
    }
}
