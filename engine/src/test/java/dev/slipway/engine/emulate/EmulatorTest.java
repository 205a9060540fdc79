package dev.slipway.engine.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries as the kernel shows them (Documentation/admin-guide/binfmt-misc.rst), with the magic that QEMU registers. */
class EmulatorTest {
    private static final String ARM64 = """
            enabled
            interpreter /usr/bin/qemu-aarch64-static
            flags: OCF
            offset 0
            magic 7f454c460201010000000000000000000200b700
            mask ffffffffffffff00fffffffffffffffffeffffff
            """;
    private static final String PPC64LE = """
            enabled
            interpreter /usr/bin/qemu-ppc64le-static
            flags:
            offset 0
            magic 7f454c4602010100000000000000000002001500
            mask ffffffffffffff00fffffffffffffffffeffff00
            """;
    private static final String S390X = """
            enabled
            interpreter /usr/bin/qemu-s390x-static
            flags: F
            offset 0
            magic 7f454c4602020100000000000000000000020016
            mask ffffffffffffff00fffffffffffffffffffeffff
            """;

    @ParameterizedTest
    @CsvSource({
        "arm64, true, false, false",
        "ppc64le, false, true, false",
        "ppc64, false, false, false",
        "s390x, false, false, true",
        "amd64, false, false, false",
        "riscv64, false, false, false",
        "arm, false, false, false"
    })
    void takesTheProgramsOfItsArchitecture(String architecture, boolean arm64, boolean ppc64le, boolean s390x) {
        byte[] header = ProgramHeader.of(Platform.of("linux", architecture)).orElseThrow();

        assertThat(Emulator.parse(ARM64).orElseThrow().takes(header)).isEqualTo(arm64);
        assertThat(Emulator.parse(PPC64LE).orElseThrow().takes(header)).isEqualTo(ppc64le);
        assertThat(Emulator.parse(S390X).orElseThrow().takes(header)).isEqualTo(s390x);
    }

    @Test
    void readsWhatTheKernelShows() {
        Emulator entry = Emulator.parse(ARM64).orElseThrow();

        assertThat(entry.interpreter()).isEqualTo("/usr/bin/qemu-aarch64-static");
        assertThat(entry.isEnabled()).isTrue();
        assertThat(entry.isFixed()).isTrue();
        assertThat(Emulator.parse(PPC64LE).orElseThrow().isFixed()).isFalse();
        assertThat(Emulator.parse(ARM64.replace("enabled", "disabled"))
                        .orElseThrow()
                        .isEnabled())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enabled\ninterpreter /usr/bin/wine\nflags: \nextension .exe\n",
                "enabled\nflags: F\noffset 0\nmagic 7f\n",
                "enabled\ninterpreter /x\noffset 0\nmagic 7f4\n",
                "enabled\ninterpreter /x\noffset -1\nmagic 7f\n",
                ""
            })
    void leavesOutWhatIsNoMagic(String text) {
        assertThat(Emulator.parse(text)).isEmpty();
    }
}
