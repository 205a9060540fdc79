package dev.slipway.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreErrorsIT {
    @TempDir
    Path home;

    /** The kernel's own refusal: /dev/full always answers ENOSPC. */
    @Test
    void fullDiskNamesPathNeedAndRemedy() {
        Path blob = home.resolve("not/there/yet");
        assertThatThrownBy(() -> {
                    try {
                        Files.write(Path.of("/dev/full"), new byte[10]);
                    } catch (IOException e) {
                        throw StoreErrors.writing(blob, 1L << 60, e);
                    }
                })
                .isInstanceOf(MachineException.class)
                .hasMessageStartingWith(blob + ": cannot write: no space left")
                .hasMessageContaining((1L << 60) + " bytes are needed, ")
                .hasMessageContaining(" are free; free some space")
                .hasMessageContaining("SLIPWAY_HOME")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void quotaIsAFullDisk() {
        assertThatThrownBy(() -> {
                    throw StoreErrors.writing(home, 0, new LinuxException("write", "a", Errno.EDQUOT));
                })
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("quota");
    }

    @Test
    void otherFailuresStayWhatTheyAre() {
        IOException other = new IOException("connection reset");
        assertThat(StoreErrors.writing(home, 0, other)).isSameAs(other);
        LinuxException denied = new LinuxException("open", "a", Errno.EACCES);
        assertThat(StoreErrors.writing(home, 0, denied)).isSameAs(denied);
    }
}
