package dev.slipway.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The independent opinion is java.util.regex, which is too slow for hostile patterns but right for small ones. */
class GlobTest {
    private static final int CASES = 5_000 * Integer.getInteger("slipway.cases", 1);
    private static final long SEED = 20_261_123;

    @Test
    void agreesWithRegularExpressionsOnSmallTexts() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String pattern = text(random, "ab*?", 5);
            String value = text(random, "abc", 7);
            String regex = regex(pattern, false);
            String lazyRegex = regex(pattern, true);
            Glob glob = Glob.compile(pattern);
            String what = "seed " + SEED + ", case " + i + ": " + pattern + " on " + value;

            assertThat(glob.withoutPrefix(value, false)).as(what).isEqualTo(cutPrefix(lazyRegex, value));
            assertThat(glob.withoutPrefix(value, true)).as(what).isEqualTo(cutPrefix(regex, value));
            assertThat(glob.withoutSuffix(value, true)).as(what).isEqualTo(cutSuffix(regex, value, true));
            assertThat(glob.withoutSuffix(value, false)).as(what).isEqualTo(cutSuffix(regex, value, false));
            assertThat(glob.replaceFirst(value, "X"))
                    .as(what)
                    .isEqualTo(Pattern.compile(regex).matcher(value).replaceFirst("X"));
        }
    }

    /** An empty match right behind another match does not count, so that a star replaces the text once. */
    @Test
    void replacesEmptyMatchesBetweenCharacters() {
        assertThat(replaceAll("", "abc", "-")).isEqualTo("-a-b-c-");
        assertThat(replaceAll("*", "abc", "-")).isEqualTo("-");
        assertThat(replaceAll("b", "abcb", "-")).isEqualTo("a-c-");
        assertThat(replaceAll("b*", "abcb", "-")).isEqualTo("a-");
        assertThat(replaceAll("*", "", "-")).isEqualTo("-");
    }

    @Test
    void refusesOtherEscapes() {
        for (String pattern : new String[] {"\\", "\\x", "\\\\\\", "a\\n"}) {
            assertThatIllegalArgumentException().as(pattern).isThrownBy(() -> Glob.compile(pattern));
        }
    }

    @Test
    void hostilePatternsTakeLittleTimeOrAreRefused() {
        String value = "a".repeat(30_000);
        Glob glob = Glob.compile("*a".repeat(500) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(replaceAll(glob, value, "x")).isEqualTo(value));
        Glob larger = Glob.compile("*a".repeat(30_000));
        assertThatIllegalArgumentException().isThrownBy(() -> larger.withoutPrefix(value, true));
    }

    private static String replaceAll(String pattern, String value, String replacement) {
        return replaceAll(Glob.compile(pattern), value, replacement);
    }

    private static String replaceAll(Glob glob, String value, String replacement) {
        return glob.replaceAll(value, new Replacement(replacement), 1 << 20);
    }

    private static String cutPrefix(String regex, String value) {
        Matcher matcher = Pattern.compile(regex).matcher(value);
        return matcher.lookingAt() ? value.substring(matcher.end()) : value;
    }

    private static String cutSuffix(String regex, String value, boolean longest) {
        Pattern pattern = Pattern.compile(regex);
        for (int i = 0; i <= value.length(); i++) {
            int start = longest ? i : value.length() - i;
            if (pattern.matcher(value.substring(start)).matches()) {
                return value.substring(0, start);
            }
        }
        return value;
    }

    private static String regex(String pattern, boolean lazy) {
        return pattern.replace("?", ".").replace("*", lazy ? ".*?" : ".*");
    }

    private static String text(Random random, String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
