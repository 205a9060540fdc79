package dev.slipway.dockerfile.ignore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whatever the file is, it is refused at a line or judges every path. The first line is the path. */
class IgnoreMatcherFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void refusesOrJudges(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        String all = new String(data, UTF_8);
        int end = Math.max(all.indexOf('\n'), 0);
        IgnoreMatcher matcher;
        try {
            matcher = IgnoreMatcher.parse(".dockerignore", Arrays.copyOfRange(data, end, data.length));
        } catch (InvalidInputException refused) {
            assertThat(refused.problems()).allMatch(problem -> problem.where().startsWith(".dockerignore:"));
            return;
        }
        String path = all.substring(0, end);
        boolean ignored = matcher.ignores(path);
        assertThat(ignored && matcher.patterns().stream().allMatch(text -> text.startsWith("!")))
                .isFalse();
        matcher.mayReinclude(path);
        assertThat(matcher.patterns()).doesNotContain("", "!");
    }
}
