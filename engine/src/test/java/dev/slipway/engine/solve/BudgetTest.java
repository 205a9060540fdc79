package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.request.HostSettings.Limits;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 192 MiB for the builder, 256 MiB for a command, one command more than processors, at most 16, at least one. */
class BudgetTest {
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        // processors and MiB of the host, limits or -1, instructions at a time
        "2, 24000, -1, -1, 3",
        "64, 256000, -1, -1, 16",
        "2, 500, -1, -1, 1",
        "2, 703, -1, -1, 1",
        "2, 704, -1, -1, 2",
        "2, 100, -1, -1, 1",
        "8, 24000, 0.4, -1, 2",
        "8, 24000, 1.5, -1, 3",
        "8, 24000, -1, 500, 1",
        "8, 24000, 4, 1000, 3",
        "2, 24000, 16, -1, 3",
        "2, 500, -1, 24000, 1"
    })
    void isTheSmallerOfWhatProcessorsAndMemoryAllow(
            int cpus, long mebibytes, double limit, long limitMib, int expected) {
        Limits limits = new Limits(
                limitMib < 0 ? OptionalLong.empty() : OptionalLong.of(limitMib * MIB),
                limit < 0 ? OptionalDouble.empty() : OptionalDouble.of(limit));

        assertThat(Budget.of(limits, cpus, mebibytes * MIB).operations()).isEqualTo(expected);
    }
}
