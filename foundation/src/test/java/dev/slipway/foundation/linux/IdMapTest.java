package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** {@code /proc/PID/uid_map}: lines of the first id inside, the first id outside, and how many (user_namespaces(7)). */
class IdMapTest {
    private static final IdMap MAP =
            IdMap.parse("         0       1001          1\n         1     100000      65535\n");

    @Test
    void hasTheIdsOfItsRanges() {
        assertThat(MAP.contains(0)).isTrue();
        assertThat(MAP.contains(1)).isTrue();
        assertThat(MAP.contains(65535)).isTrue();
        assertThat(MAP.contains(65536)).isFalse();
        assertThat(MAP.contains(100000)).isFalse();
        assertThat(MAP.contains(-2)).as("4294967294").isFalse();
        assertThat(MAP.size()).isEqualTo(65536);
    }

    @Test
    void theFirstNamespaceHasAllButTheIdThatMeansNone() {
        IdMap all = IdMap.parse("         0          0 4294967295\n");

        assertThat(all).isEqualTo(IdMap.IDENTITY);
        assertThat(all.contains(-2)).as("4294967294").isTrue();
        assertThat(all.contains(-1)).as("4294967295").isFalse();
    }

    @Test
    void aNamespaceThatNobodyHasMappedHasNone() {
        assertThat(IdMap.parse("").contains(0)).isFalse();
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> IdMap.parse("0 0")).isInstanceOf(IllegalArgumentException.class);
    }
}
