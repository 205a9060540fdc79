package dev.slipway.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;

/** Whatever the bytes are, there is a report whose findings stand in the file. */
class LinterFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void reports(byte @Nullable [] text) {
        if (text == null) {
            return;
        }
        LintReport report = Linter.lint("Dockerfile", text, LintCase.plainContext());
        assertThat(report.findings())
                .allMatch(finding -> finding.span().column() <= finding.source().length() + 1);
    }
}
