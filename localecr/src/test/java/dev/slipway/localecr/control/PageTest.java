package dev.slipway.localecr.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.localecr.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The pages of the API's lists. */
class PageTest {
    private static Page<String> page(List<String> items, int size, String token) {
        ObjectNode request =
                JsonMapper.shared().createObjectNode().put("maxResults", size).put("nextToken", token);
        return Page.of(request, items, item -> item);
    }

    @Test
    void giveEveryItemOnceWhateverTheirSize() {
        long seed = 20261123L;
        Random random = new Random(seed);
        for (int round = 0; round < 50 * Integer.getInteger("slipway.cases", 1); round++) {
            List<String> items = IntStream.range(0, random.nextInt(30))
                    .mapToObj(i -> String.format("%03d", i))
                    .toList();
            int size = 1 + random.nextInt(10);
            List<String> seen = new ArrayList<>();
            String token = "";
            do {
                Page<String> page = page(items, size, token);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
                seen.addAll(page.items());
                token = page.nextToken().orElse("");
            } while (!token.isEmpty());
            assertThat(seen).as("seed %d, round %d", seed, round).isEqualTo(items);
        }
    }

    @Test
    void neitherRepeatNorLoseWhatStaysWhenTheListChanges() {
        String token = page(List.of("a", "b", "c", "d"), 2, "").nextToken().orElseThrow();

        assertThat(page(List.of("A", "a", "c", "d"), 2, token).items()).containsExactly("c", "d");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void refuseSizesOutOf1To1000(int size) {
        assertThatThrownBy(() -> page(List.of(), size, "")).isInstanceOf(Refusal.class);
    }

    @Test
    void refuseAForeignToken() {
        assertThatThrownBy(() -> page(List.of("a"), 1, "!")).isInstanceOf(Refusal.class);
    }
}
