package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineMemoryTest {
    /** proc_pid_cgroup(5) */
    @Test
    void everyGroupAboveCanHaveALimit() {
        assertThat(MachineMemory.groups("0::/kubepods/pod1/box\n"))
                .containsExactlyInAnyOrder("", "kubepods", "kubepods/pod1", "kubepods/pod1/box");
        assertThat(MachineMemory.groups("5:cpu,memory:/a\n4:pids:/b\n0::/\n")).containsExactlyInAnyOrder("", "a");
        assertThat(MachineMemory.groups("nonsense")).containsExactly("");
    }

    @Test
    void theMachineCountsInKibibytes() {
        assertThat(MachineMemory.total("MemTotal:       16303428 kB\nMemFree:  1 kB\n"))
                .hasValue(16303428L * 1024);
        assertThat(MachineMemory.total("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "524288000, 524288000",
        "max, 9223372036854775807",
        "9223372036854771712, 9223372036854775807", // version 1 without a limit: 19 digits
        "'', 9223372036854775807"
    })
    void aContainerHasALimitOrNone(String text, long expected) {
        assertThat(MachineMemory.limit(text + "\n")).isEqualTo(expected);
    }
}
