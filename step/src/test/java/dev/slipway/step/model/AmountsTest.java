package dev.slipway.step.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Build and Push to ECR, Set Container Resources; units as Kubernetes has them. */
class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "123456, 123456",
        "500M, 500000000",
        "2G, 2000000000",
        "500Mi, 524288000",
        "1Gi, 1073741824",
        "1.5Gi, 1610612736",
        "0.5G, 500000000"
    })
    void readsMemory(String text, long bytes) {
        assertThat(Amounts.parseMemory(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "1.5",
                "1 Gi",
                "1K",
                "1Ki",
                "1gi",
                "1GB",
                "Gi",
                ".5G",
                "1e3",
                "2000000Gi",
                "9999999999999999"
            })
    void refusesOtherMemory(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amounts.parseMemory(text));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 100", "100m, 100", "400m, 400", "1, 1000", "1.5, 1500", "0.001, 1", "1m, 1", "64, 64000"})
    void readsCpu(String text, long millis) {
        assertThat(Amounts.parseCpu(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0m", "0.0001", "-1", "1.5m", "1 m", "1M", "m", "1e3", ".1", "9999999999"})
    void refusesOtherCpu(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amounts.parseCpu(text));
    }
}
