package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Dockerfile and what the checks find in it, as {@code src/test/resources/lint/*.txt} write it: {@code === title}, then
 * {@code % setting} lines, the Dockerfile, and a {@code >>> line:column-end Rule: message} for each finding.
 */
record LintCase(String title, List<String> settings, String dockerfile, List<String> expected) {
    /** Like the grammar of image references, as far as these cases need it. */
    private static final Pattern IMAGE_NAME =
            Pattern.compile("[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\\w][\\w.-]*)?(?:@sha256:[0-9a-f]{64})?");

    /** What the checks are told where nothing matters but the text. */
    static LintContext plainContext() {
        return new LintCase("", List.of(), "", List.of()).context();
    }

    static List<LintCase> read(String text) {
        List<LintCase> cases = new ArrayList<>();
        for (String part : text.split("(?m)^=== ", -1)) {
            if (part.contains("\n") && !part.startsWith("#")) {
                cases.add(one(part));
            }
        }
        return cases;
    }

    private static LintCase one(String part) {
        List<String> lines = part.lines().toList();
        Function<String, List<String>> beginning = mark -> lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
        String dockerfile = lines.stream()
                .skip(1)
                .filter(line -> !line.startsWith("% ") && !line.startsWith(">>> "))
                .collect(Collectors.joining("\n", "", "\n"));
        return new LintCase(lines.getFirst(), beginning.apply("% "), dockerfile, beginning.apply(">>> "));
    }

    List<String> found() {
        return report().findings().stream()
                .map(finding -> finding.span().line() + ":" + finding.span().column() + "-"
                        + finding.span().endColumn() + " " + finding.rule() + ": " + finding.message())
                .toList();
    }

    LintReport report() {
        return Linter.lint("Dockerfile", dockerfile.getBytes(StandardCharsets.UTF_8), context());
    }

    private LintContext context() {
        Map<String, String> buildArgs = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        Map<String, BaseImage> images = new LinkedHashMap<>();
        Optional<String> target = Optional.empty();
        boolean everyStage = true;
        for (String setting : settings) {
            String[] words = setting.split(" ", 2);
            switch (words[0]) {
                case "build-arg" -> buildArgs.put(words[1].split("=", 2)[0], words[1].split("=", 2)[1]);
                case "ignore" -> ignored.add(words[1]);
                case "target" -> target = Optional.of(words[1]);
                case "build" -> everyStage = false;
                case "image" -> images.put(words[1].split(" ", 2)[0], image(words[1]));
                default -> throw new IllegalArgumentException(setting);
            }
        }
        return new LintContext(
                buildArgs,
                automatic(),
                target,
                everyStage,
                IgnoreMatcher.ofPatterns(ignored),
                name -> IMAGE_NAME.matcher(name).matches(),
                (name, _) -> Optional.ofNullable(images.get(name)));
    }

    /** {@code name platform [env K=V | shell WORD | trigger TEXT]}. */
    private static BaseImage image(String text) {
        String[] words = text.split(" ", 4);
        String kind = words.length > 2 ? words[2] : "";
        String value = words.length > 3 ? words[3] : "";
        return new BaseImage(
                words[1],
                kind.equals("env") ? Map.of(value.split("=", 2)[0], value.split("=", 2)[1]) : Map.of(),
                kind.equals("shell") ? List.of(value) : List.of(),
                kind.equals("trigger") ? List.of(value) : List.of());
    }

    private static Map<String, String> automatic() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String side : List.of("BUILD", "TARGET")) {
            values.put(side + "PLATFORM", "linux/amd64");
            values.put(side + "OS", "linux");
            values.put(side + "OSVERSION", "");
            values.put(side + "ARCH", "amd64");
            values.put(side + "VARIANT", "");
        }
        return values;
    }
}
