package dev.slipway.dockerfile.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The independent opinion on single patterns is java.util.regex; that on pruning is the walk that prunes nothing. */
class IgnoreMatcherPropertyTest {
    private static final int CASES = 3_000 * Integer.getInteger("slipway.cases", 1);
    private static final long SEED = 7;
    private static final String[] PARTS = {"a", "b", "ab", "*", "**", "?", "a*", "*b", "[ab]", "[^a]"};
    private static final List<String> TREE = tree();

    @Test
    void aPatternMatchesAsItsRegularExpressionDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String text = pattern(random);
            PathPattern pattern = PathPattern.compile(text, false);
            Pattern regex = Pattern.compile(regex(text), Pattern.DOTALL);
            for (String path : TREE) {
                assertThat(pattern.matches(path))
                        .as("seed %s, case %s: %s on %s", SEED, i, text, path)
                        .isEqualTo(regex.matcher(path).matches());
            }
        }
    }

    @Test
    void pruningLosesNothing() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            List<String> patterns = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                patterns.add((random.nextBoolean() ? "!" : "") + pattern(random));
            }
            IgnoreMatcher matcher = IgnoreMatcher.ofPatterns(patterns);
            List<String> kept =
                    TREE.stream().filter(path -> !matcher.ignores(path)).toList();
            List<String> walked = new ArrayList<>();
            walk(matcher, "", matcher.root(), walked);
            assertThat(walked).as("seed %s, case %s: %s", SEED, i, patterns).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    private static void walk(IgnoreMatcher matcher, String directory, Verdict verdict, List<String> kept) {
        for (String path : TREE) {
            boolean child = path.startsWith(directory)
                    && path.length() > directory.length()
                    && path.indexOf('/', directory.length()) < 0;
            if (!child) {
                continue;
            }
            Verdict own = matcher.judge(path, verdict);
            if (!own.ignored()) {
                kept.add(path);
            }
            if (!own.ignored() || matcher.mayReinclude(path)) {
                walk(matcher, path + "/", own, kept);
            }
        }
    }

    private static String pattern(Random random) {
        List<String> parts = new ArrayList<>();
        for (int n = random.nextInt(3); n >= 0; n--) {
            parts.add(PARTS[random.nextInt(PARTS.length)]);
        }
        return String.join("/", parts);
    }

    /** Component by component, written for this test: a double star is any number of components. */
    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        String[] parts = pattern.split("/");
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("**")) {
                regex.append(last ? ".*" : "(?:.*/)?");
            } else {
                regex.append(parts[i].replace("*", "[^/]*").replace("?", "[^/]"))
                        .append(last ? "" : "/");
            }
        }
        return regex.toString();
    }

    private static List<String> tree() {
        List<String> names = List.of("a", "b", "ab", "ba");
        List<String> tree = new ArrayList<>(names);
        for (String first : names) {
            for (String second : names) {
                tree.add(first + "/" + second);
                tree.add(first + "/" + second + "/" + first);
                tree.add(first + "/" + second + "/ab");
            }
        }
        return tree.stream().distinct().toList();
    }
}
