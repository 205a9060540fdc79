package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.Mounts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PullNeedsTest {
    private static final Path STORE = Path.of("/store");

    private static Mounts.Space free(long bytes) {
        return new Mounts.Space(0, 1000, bytes, 0);
    }

    @Test
    void whatFitsIsNotWorthAWord() {
        assertThat(PullNeeds.NONE.check(STORE, free(0))).isEmpty();
        assertThat(PullNeeds.NONE.plusLayer(10, false).check(STORE, free(40))).isEmpty();
    }

    @Test
    void whatIsInTheStoreIsNotFetchedButUnpacked() {
        PullNeeds needs = PullNeeds.NONE.plusLayer(10, true).plusLayer(20, false);

        assertThat(needs.download()).isEqualTo(20);
        assertThat(needs.total()).isEqualTo(20 + 3 * 30);
    }

    @Test
    void anEstimateIsAWarning() {
        assertThat(PullNeeds.NONE.plusLayer(10, false).check(STORE, free(39)))
                .hasValueSatisfying(problem -> assertThat(problem.toString())
                        .startsWith("/store: the base images may not fit on the disk: about 40 bytes are needed,"
                                + " 10 of them to download; 39 are free"));
    }

    @Test
    void whatIsCertainIsRefused() {
        assertThatThrownBy(() -> PullNeeds.NONE.plusLayer(10, false).check(STORE, free(9)))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("do not fit");
    }
}
