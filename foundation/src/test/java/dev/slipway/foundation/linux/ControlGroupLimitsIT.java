package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a machine whose memory and cpu controllers are in hierarchies of version 1; needs root. */
class ControlGroupLimitsIT {
    private final String group = "limits-" + UUID.randomUUID();

    @BeforeEach
    void make() {
        ControlGroups.make(group);
    }

    @AfterEach
    void remove() {
        ControlGroups.remove(group);
    }

    @Test
    void limitsMemoryInBytes() throws IOException {
        assertThat(ControlGroupLimits.memory(group, 64L << 20)).isTrue();

        assertThat(read("memory", "memory.limit_in_bytes", "memory.max")).isEqualTo(Long.toString(64L << 20));
    }

    @Test
    void limitsProcessorsAsAQuotaOfEachTenthOfASecond() throws IOException {
        assertThat(ControlGroupLimits.cpus(group, 1.5)).isTrue();

        assertThat(read("cpu", "cpu.cfs_quota_us", "cpu.max")).startsWith("150000");
    }

    @Test
    void aGroupThatIsNotThereCannotBeLimited() {
        assertThat(ControlGroupLimits.memory(group + "-never-made", 1 << 20)).isFalse();
    }

    private String read(String hierarchy, String old, String now) throws IOException {
        Path first = Path.of("/sys/fs/cgroup", hierarchy, "slipway", group, old);
        Path file = Files.exists(first) ? first : Path.of("/sys/fs/cgroup/slipway", group, now);
        return Files.readString(file).strip();
    }
}
