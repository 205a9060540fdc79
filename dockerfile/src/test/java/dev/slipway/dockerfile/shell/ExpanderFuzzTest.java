package dev.slipway.dockerfile.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whatever the text is, it is expanded or refused. The first line is the value of every variable. */
class ExpanderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void expandsOrRefuses(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        String text = new String(data, UTF_8);
        int end = text.indexOf('\n');
        String value = text.substring(0, Math.max(end, 0));
        String raw = text.substring(end + 1);
        Variables variables = name -> name.startsWith("U") ? Optional.empty() : Optional.of(value);
        for (Expander.Mode mode : Expander.Mode.values()) {
            try {
                Expansion expansion = new Expander('\\').evaluate(raw, mode, variables);
                assertThat(expansion.undefined()).allMatch(name -> name.startsWith("U"));
            } catch (InvalidInputException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        }
    }
}
