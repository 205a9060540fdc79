package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskFullTest {
    @Test
    void itIsFoundWhereverItStandsAmongTheCauses() {
        IOException refused = new IOException("No space left on device");

        assertThat(DiskFull.causes(refused)).isTrue();
        assertThat(DiskFull.causes(new IllegalStateException(new UncheckedIOException("cannot make a", refused))))
                .isTrue();
        assertThat(DiskFull.causes(new FileSystemException("/a", null, "Disk quota exceeded")))
                .isTrue();
        assertThat(DiskFull.causes(new RuntimeException(new LinuxException("write", "/a", Errno.EDQUOT))))
                .isTrue();
    }

    @Test
    void anotherMachinesFullDiskIsNotOurs() {
        assertThat(DiskFull.causes(new IOException("500: {\"message\": \"No space left on device\"}")))
                .isFalse();
        assertThat(DiskFull.causes(new IllegalStateException("No space left on device")))
                .isFalse();
        assertThat(DiskFull.causes(new LinuxException("write", "/a", Errno.EACCES)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd: error writing '/big': No space left on device",
                "write /big: no space left on device",
                "cp: /big: Disk quota exceeded"
            })
    void programsSayItInTheWordsOfTheCLibrary(String line) {
        assertThat(DiskFull.isToldBy(line)).isTrue();
        assertThat(DiskFull.isToldBy("no such device")).isFalse();
    }
}
