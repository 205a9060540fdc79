package dev.slipway.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** What a registry writes into a header must neither fail nor hold up the reader. */
class ChallengeFuzzTest {
    @FuzzTest
    void neverFailsAndAlwaysEnds(FuzzedDataProvider data) {
        String value = data.consumeRemainingAsString();
        assertThat(Challenge.parse(List.of(value, value)))
                .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
    }
}
