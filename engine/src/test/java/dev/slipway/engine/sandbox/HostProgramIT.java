package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands for any program; needs root, for process namespaces. */
@Timeout(60)
class HostProgramIT {
    private static final HostProgram SH = HostProgram.find("sh", "dash", "a test", Duration.ofSeconds(30));

    @TempDir
    Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private HostProgram.Ended sh(String script) {
        return SH.run(List.of("-c", script), directory, Map.of("GIVEN", "x"), lines::add);
    }

    @Test
    void aProgramThatIsNotInstalledIsNamedWithItsPackage() {
        assertThatThrownBy(() -> HostProgram.find("no-such-program", "the-package", "ADD", Duration.ZERO))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("ADD needs the program 'no-such-program'")
                .hasMessageContaining("install Debian's package the-package");
    }

    @Test
    void givesStatusAndBothOutputs() {
        HostProgram.Ended ended = sh("echo out; echo one >&2; printf 'two\\rthree\\nfour' >&2; exit 3");

        assertThat(ended).isEqualTo(new HostProgram.Ended(3, "out\n", List.of("one", "three", "four"), false));
        assertThat(lines).containsExactly("one", "three", "four");
    }

    @Test
    void theEnvironmentIsWhatIsGivenAndNothingElse() {
        assertThat(sh("env | cut -d= -f1 | sort").output().lines()).containsExactly("GIVEN", "PATH", "PWD");
        assertThat(sh("pwd").output().strip()).isEqualTo(directory.toString());
        assertThat(sh("cat").output()).isEmpty();
    }

    @Test
    void outputsAreReadToTheEndAndKeptInPart() {
        HostProgram.Ended ended = sh("head -c 20000000 /dev/zero; seq 100000 >&2");

        assertThat(ended.output()).hasSizeLessThan(5_000_000);
        assertThat(ended.lastErrors()).hasSize(20).endsWith("100000");
    }

    @Test
    void aSilentProgramIsEndedWithWhatItStarted() {
        HostProgram quick = HostProgram.find("sh", "dash", "a test", Duration.ofMillis(200));
        HostProgram.Ended ended = quick.run(List.of("-c", "sleep 1001 & sleep 1002"), directory, Map.of(), lines::add);

        assertThat(ended.silenced()).isTrue();
        assertThat(ended.status()).isNotZero();
        assertThat(running("sleep 100[12]")).isFalse();
    }

    @Test
    void anInterruptEndsItWithWhatItStarted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                SH.run(
                        List.of("-c", "sleep 1003 & echo begun >&2; sleep 1004"),
                        directory,
                        Map.of(),
                        line -> begun.countDown());
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        begun.await();
        thread.interrupt();
        thread.join();

        assertThat(thrown).singleElement().isInstanceOf(CancelledException.class);
        assertThat(running("sleep 100[34]")).isFalse();
    }

    private static boolean running(String pattern) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").matches(".*" + pattern + ".*"));
    }

    @Test
    void aDirectoryThatIsNotThereIsTheMachinesFault() {
        Path gone = directory.resolve("gone");
        assertThat(Files.exists(gone)).isFalse();
        assertThatThrownBy(() -> SH.run(List.of("-c", ":"), gone, Map.of(), lines::add))
                .isInstanceOf(MachineException.class);
    }
}
