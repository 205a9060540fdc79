package dev.slipway.dockerfile.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.foundation.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Whatever the bytes are, there is a Dockerfile or a refusal that says where. */
class DockerfileParserFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte @Nullable [] text) {
        if (text == null) {
            return;
        }
        try {
            Dockerfile dockerfile = DockerfileParser.parse("Dockerfile", text);
            assertThat(dockerfile.stages()).isNotEmpty();
        } catch (InvalidInputException refused) {
            assertThat(refused.problems()).allMatch(problem -> problem.where().startsWith("Dockerfile"));
        }
    }
}
