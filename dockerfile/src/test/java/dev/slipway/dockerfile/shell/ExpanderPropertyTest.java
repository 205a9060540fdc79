package dev.slipway.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every text. */
class ExpanderPropertyTest {
    private static final int CASES = 20_000 * Integer.getInteger("slipway.cases", 1);
    private static final long SEED = 42;
    private static final String[] PIECES = {
        "$", "{", "}", "A", "B", "U", ":", "-", "+", "?", "#", "%", "/", "*", "\\", "'", "\"", " ", "x", "${A", "${U:-",
        "\n"
    };
    private static final Variables VARIABLES = Variables.of(Map.of("A", "a b", "B", ""));

    private final Expander expander = new Expander('\\');

    @Test
    void everyTextIsExpandedOrRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String raw = text(random);
            for (Expander.Mode mode : Expander.Mode.values()) {
                try {
                    expander.evaluate(raw, mode, VARIABLES);
                } catch (InvalidInputException refused) {
                    assertThat(refused.problems()).hasSize(1);
                } catch (RuntimeException defect) {
                    throw new AssertionError("seed " + SEED + ", case " + i + ", " + mode + ": " + raw, defect);
                }
            }
        }
    }

    @Test
    void singleQuotesKeepEverything() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String text = text(random).replace("'", "");
            assertThat(expander.expand("'" + text + "'", VARIABLES)).isEqualTo(text);
            assertThat(expander.expandWords("'" + text + "'", VARIABLES))
                    .isEqualTo(text.isEmpty() ? List.of() : List.of(text));
        }
    }

    @Test
    void anEscapeBeforeEveryCharacterKeepsEverything() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String text = text(random);
            assertThat(expander.expand(text.replaceAll("(?s).", "\\\\$0"), VARIABLES))
                    .isEqualTo(text);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
