package dev.slipway.dockerfile.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.foundation.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Whatever the text is, it is refused or becomes something that can be fetched without danger. */
class SourceReferenceFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void refusesOrReads(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        String text = new String(data, UTF_8);
        try {
            check(text, SourceReference.parse(text));
            check(text, SourceReference.ofContext(text));
        } catch (InvalidInputException refused) {
            assertThat(refused.problems()).allMatch(problem -> problem.where().isEmpty());
        }
    }

    private static void check(String text, SourceReference reference) {
        switch (reference) {
            case LocalPath local -> assertThat(local.text()).isEqualTo(text);
            case HttpSource http -> {
                assertThat(http.address().getHost()).isNotEmpty();
                assertThat(http.address().getScheme()).isIn("http", "https");
                assertThat(http.fileName()).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\0");
            }
            case GitReference git -> {
                assertThat(git.remote().url().reveal()).doesNotStartWith("-").doesNotContain("\n", "\0");
                assertThat(git.ref().orElse("x"))
                        .isNotEmpty()
                        .doesNotStartWith("-")
                        .doesNotContain("*", "\n", "..");
                assertThat(("/" + git.subdir().orElse("x") + "/")).doesNotContain("/../", "//");
                assertThat(git.commit().orElse("a")).matches("[0-9a-f]{1,64}");
            }
        }
    }
}
