package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the size of a layer. */
class MemoryIT {
    private static final long LIMIT_KIB = 200 * 1024;

    @TempDir
    Path temp;

    @Test
    void aLayerOfOneGibibyteTakesLessThan200MebibytesOfResidentMemory() throws Exception {
        try (Workbench bench = Workbench.open(temp)) {
            Path context = bench.context(
                    "big", "FROM busybox:1.36\nRUN dd if=/dev/urandom of=/big bs=1M count=1024 2>/dev/null\n");
            Path log = temp.resolve("build.log");
            Process process = bench.slipway()
                    .build("--push", "-t", bench.registry().host() + "/big:1", ".")
                    .in(context)
                    .builder()
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();

            long peak = 0;
            while (process.isAlive()) {
                peak = Math.max(peak, peakKib(process.pid()));
                Thread.sleep(20);
            }

            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            assertThat(bench.hasImage(bench.registry().host() + "/big:1")).isTrue();
            assertThat(peak).as("peak resident memory in KiB").isPositive().isLessThan(LIMIT_KIB);
        }
    }

    /** The high-water mark of the resident set; the launcher's own few milliseconds before the JVM do not count. */
    private static long peakKib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }
}
