package dev.slipway.engine.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Place;
import dev.slipway.image.model.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorsTest {
    private static final Platform S390X = Platform.of("linux", "s390x");
    private static final Platform PDP11 = Platform.of("linux", "pdp11");

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/amd64, linux/amd64/v3, true",
        "linux/amd64, linux/386, true",
        "linux/386, linux/amd64, false",
        "linux/amd64, linux/arm64, false",
        "linux/arm64, linux/arm64/v9, true",
        "linux/arm64, linux/arm/v7, false"
    })
    void aProcessorRunsItsOwnPrograms(String host, String platform, boolean isNative) {
        assertThat(Emulators.isNative(Platform.parse(host), Platform.parse(platform)))
                .isEqualTo(isNative);
    }

    @Test
    void nothingIsAskedForCommandsOfThisMachine() {
        assertThatCode(() -> new Emulators(List.of(), false).require(Map.of(Platform.host(), place(3))))
                .doesNotThrowAnyException();
    }

    @Test
    void anInterpreterThatTheKernelHasOpenedDoes() {
        assertThatCode(() -> new Emulators(List.of(entry(true, true)), true).require(Map.of(S390X, place(3))))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutFlagFItIsNotFoundInTheImage() {
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new Emulators(List.of(entry(true, false)), true).require(Map.of(S390X, place(3))))
                .withMessageContaining("/usr/bin/qemu-s390x-static")
                .withMessageContaining("flag F");
    }

    @Test
    void oneThatIsSwitchedOffDoesNot() {
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new Emulators(List.of(entry(false, true)), true).require(Map.of(S390X, place(3))))
                .withMessageContaining("no interpreter");
    }

    @Test
    void everyPlatformThatCannotBeRunIsNamed() {
        Map<Platform, Place> commands = new LinkedHashMap<>();
        commands.put(S390X, place(3));
        commands.put(PDP11, place(7));

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> new Emulators(List.of(), false).require(commands))
                .withMessageContaining("Dockerfile:3")
                .withMessageContaining("linux/s390x")
                .withMessageContaining("not mounted")
                .withMessageContaining("Dockerfile:7")
                .withMessageContaining("pdp11");
    }

    private static Emulator entry(boolean isEnabled, boolean isFixed) {
        String text = (isEnabled ? "enabled" : "disabled") + """

                interpreter /usr/bin/qemu-s390x-static
                flags: %s
                offset 0
                magic 7f454c4602020100000000000000000000020016
                """.formatted(isFixed ? "F" : "");
        return Emulator.parse(text).orElseThrow();
    }

    private static Place place(int line) {
        return new Place("Dockerfile", line, 1);
    }
}
