package dev.slipway.image.compress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.MachineException;
import io.airlift.compress.v3.deflate.DeflateNativeCompressor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibDeflateTest {
    private static final int CASES = 20 * Integer.getInteger("slipway.cases", 1);

    /** The same library behind another binding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void givesTheBytesThatTheLibraryGivesThroughItsOwnJar(int level) {
        LibDeflate ours = new LibDeflate(level);
        DeflateNativeCompressor theirs = new DeflateNativeCompressor(level);
        for (int i = 0; i < CASES; i++) {
            long seed = Long.getLong("slipway.seed", System.nanoTime()) + i;
            byte[] input = words(seed);
            byte[] output = new byte[input.length + 1000];
            byte[] expected = new byte[input.length + 1000];

            int length = ours.compress(input, input.length, output);

            assertThat(length)
                    .as("-Dslipway.seed=%s", seed)
                    .isEqualTo(theirs.compress(input, 0, input.length, expected, 0, expected.length));
            assertThat(output).as("-Dslipway.seed=%s", seed).isEqualTo(expected);
        }
    }

    @Test
    void aBufferThatIsTooShortIsNoSilentLoss() {
        byte[] noise = new byte[1000];
        new SplittableRandom(1).nextBytes(noise);

        assertThatThrownBy(() -> new LibDeflate(6).compress(noise, noise.length, new byte[10]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whereOnePlaceCannotBeUsedTheNextOneIs() {
        CarriedLibrary library = new CarriedLibrary("words", "LibDeflateTest.class", LibDeflateTest.class);

        String loaded = library.load(
                Path::toString,
                List.of(
                        (_, _) -> Optional.empty(),
                        (_, _) -> {
                            throw new IOException("read-only");
                        },
                        (name, content) -> Optional.of(Path.of(name, "" + (content.read() == 0xca)))));

        assertThat(loaded).isEqualTo("words/true");
    }

    @Test
    void whereThereIsNoPlaceForTheLibraryNothingElseTakesItsPlace() {
        CarriedLibrary library = new CarriedLibrary("libwords", "LibDeflateTest.class", LibDeflateTest.class);

        assertThatThrownBy(() -> library.load(
                        file -> {
                            throw new IllegalArgumentException("cannot open " + file);
                        },
                        List.of((_, _) -> Optional.of(Path.of("/memory")), (_, _) -> Optional.empty())))
                .isInstanceOf(MachineException.class)
                .hasMessageStartingWith("cannot load libwords, which writes layers: cannot open /memory; ")
                .hasMessageContaining("java.io.tmpdir");
    }

    @Test
    void anArchitectureWithoutLibraryIsNamed() {
        CarriedLibrary library = new CarriedLibrary("libwords", "nowhere", LibDeflateTest.class);

        assertThatThrownBy(() -> library.load(Path::toString))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("there is none for " + System.getProperty("os.arch"));
    }

    /** Text of a small vocabulary, with noise in it. */
    private static byte[] words(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[random.nextInt(300_000)];
        byte[] word = "the quick brown fox ".getBytes(US_ASCII);
        for (int at = 0; at < bytes.length; at += word.length) {
            byte[] part = word;
            if (random.nextInt(4) == 0) {
                part = new byte[word.length];
                random.nextBytes(part);
            }
            System.arraycopy(part, 0, bytes, at, Math.min(part.length, bytes.length - at));
        }
        return Arrays.copyOf(bytes, bytes.length);
    }
}
