package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link LinkedHashMap} is the model: same values, same order, whatever is put in. */
class BindingsTest {
    private static final int CASES = Integer.getInteger("slipway.cases", 1);

    @Test
    void aNameKeepsItsPositionWhenItGetsAnotherValue() {
        Bindings<String> bindings =
                Bindings.<String>none().with("b", "1").with("a", "2").with("b", "3");
        assertThat(bindings.toMap()).containsExactly(Map.entry("b", "3"), Map.entry("a", "2"));
        assertThat(bindings.size()).isEqualTo(2);
    }

    @Test
    void whatWasKeptDoesNotChange() {
        Bindings<String> before = Bindings.<String>none().with("a", "1");
        Bindings<String> after = before.with("a", "2").with("b", "3");
        assertThat(before.toMap()).containsExactly(Map.entry("a", "1"));
        assertThat(after.get("a")).contains("2");
        assertThat(before.get("b")).isEmpty();
    }

    @Test
    void itIsAMapInTheOrderOfFirstUse() {
        for (int i = 0; i < 50 * CASES; i++) {
            long seed = System.nanoTime() + i;
            Random random = new Random(seed);
            Map<String, Integer> model = new LinkedHashMap<>();
            Bindings<Integer> bindings = Bindings.none();
            for (int step = 0; step < 200; step++) {
                String name = "n" + random.nextInt(1 + random.nextInt(300));
                model.put(name, step);
                bindings = bindings.with(name, step);
            }
            assertThat(List.copyOf(bindings.toMap().entrySet()))
                    .as("seed " + seed)
                    .isEqualTo(new ArrayList<>(model.entrySet()));
        }
    }

    /** Sorted names are what makes a tree that does not balance itself a list. */
    @Test
    @Timeout(10)
    void itTakesManySortedNames() {
        Bindings<Integer> bindings = Bindings.none();
        for (int i = 0; i < 200_000; i++) {
            bindings = bindings.with("name%07d".formatted(i), i);
        }
        assertThat(bindings.get("name0123456")).contains(123_456);
    }
}
