package dev.slipway.image.layer.tar;

import static dev.slipway.image.layer.tar.TarSamples.archive;
import static dev.slipway.image.layer.tar.TarSamples.file;
import static dev.slipway.image.layer.tar.TarSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {
    @Test
    void anEntryThatFitsIsOneUstarHeader() throws IOException {
        byte[] archive = archive(file("n".repeat(100), 0));
        assertThat(archive).hasSize(512 + 1024);
        assertThat(new String(archive, 257, 8, StandardCharsets.US_ASCII)).isEqualTo("ustar\00000");
        assertThat(new String(archive, 136, 12, StandardCharsets.US_ASCII)).isEqualTo("00000000001\0");
        assertThat(new String(archive, 265, 64, StandardCharsets.US_ASCII))
                .as("user and group names are absent")
                .isEqualTo("\0".repeat(64));
    }

    @Test
    void theLengthOfAPaxRecordCountsItsOwnDigits() throws IOException {
        for (int length = 80; length < 130; length++) {
            String name = "n".repeat(length);
            assertThat(read(archive(file(name, 0))))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.name()).isEqualTo(ByteString.of(name)));
        }
    }

    @Test
    void theSameEntriesGiveTheSameBytes() throws IOException {
        TarEntry[] entries = randomEntries(RandomGenerator.getDefault()).toArray(TarEntry[]::new);
        assertThat(archive(entries)).isEqualTo(archive(entries));
    }

    @Test
    void whateverIsWrittenIsReadBack() throws IOException {
        int cases = 300 * Integer.getInteger("slipway.cases", 1);
        for (int i = 0; i < cases; i++) {
            long seed = System.nanoTime();
            RandomGenerator random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom")
                    .create(seed);
            List<TarEntry> entries = randomEntries(random);
            assertThat(read(archive(entries.toArray(TarEntry[]::new))))
                    .as("seed %d", seed)
                    .isEqualTo(entries);
        }
    }

    /** Names and values that are text: with others the library loses bytes (COMPRESS reads PAX values as UTF-8). */
    @Test
    void anotherReaderReadsTheSame() throws IOException {
        TreeMap<ByteString, ByteString> xattrs = new TreeMap<>();
        xattrs.put(ByteString.of("user.color"), ByteString.of("blau"));
        TarEntry entry = new TarEntry(
                TarEntry.Kind.FILE,
                ByteString.of("é/" + "n".repeat(200)),
                ByteString.EMPTY,
                04755,
                3_000_000_000L,
                2_097_152,
                3,
                FileTime.ofSeconds(-5),
                Device.NONE,
                xattrs);
        TarEntry device = new TarEntry(
                TarEntry.Kind.BLOCK_DEVICE,
                ByteString.of("disk"),
                ByteString.EMPTY,
                0600,
                0,
                0,
                0,
                FileTime.ofSeconds(9_000_000_000L),
                new Device(259, 70_000),
                Collections.emptySortedMap());
        try (TarArchiveInputStream other =
                new TarArchiveInputStream(new ByteArrayInputStream(archive(entry, device)), "UTF-8")) {
            TarArchiveEntry first = other.getNextEntry();
            assertThat(first.getName()).isEqualTo("é/" + "n".repeat(200));
            assertThat(first.getMode() & 07777).isEqualTo(04755);
            assertThat(first.getLongUserId()).isEqualTo(3_000_000_000L);
            assertThat(first.getLongGroupId()).isEqualTo(2_097_152);
            assertThat(first.getSize()).isEqualTo(3);
            assertThat(first.getLastModifiedTime().toMillis()).isEqualTo(-5000);
            assertThat(first.getExtraPaxHeaders()).containsEntry("SCHILY.xattr.user.color", "blau");
            TarArchiveEntry second = other.getNextEntry();
            assertThat(second.isBlockDevice()).isTrue();
            assertThat(second.getDevMajor()).isEqualTo(259);
            assertThat(second.getDevMinor()).isEqualTo(70_000);
            assertThat(second.getLastModifiedTime().toMillis()).isEqualTo(9_000_000_000_000L);
            assertThat(other.getNextEntry()).isNull();
        }
    }

    /** The header has room for 8 GiB less one byte. */
    @ParameterizedTest
    @ValueSource(longs = {(8L << 30) - 1, 8L << 30, 1L << 50})
    void aSizeBeyondTheHeaderIsInAPaxRecord(long size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> new TarWriter(out).add(file("large", size), InputStream.nullInputStream()))
                .isInstanceOf(TarException.class);
        byte[] headers = out.toByteArray();
        try (TarArchiveInputStream other = new TarArchiveInputStream(new ByteArrayInputStream(headers))) {
            assertThat(other.getNextEntry().getSize()).isEqualTo(size);
        }
        assertThat(new TarReader(new ByteArrayInputStream(headers)).next())
                .hasValueSatisfying(entry -> assertThat(entry.size()).isEqualTo(size));
    }

    @Test
    void contentOfAnotherLengthIsRefused() {
        TarWriter writer = new TarWriter(new ByteArrayOutputStream());
        assertThatThrownBy(() -> writer.add(file("a", 3), new ByteArrayInputStream(new byte[2])))
                .isInstanceOf(TarException.class)
                .hasMessageContaining("shorter");
        assertThatThrownBy(() -> writer.add(file("a", 3), new ByteArrayInputStream(new byte[4])))
                .isInstanceOf(TarException.class)
                .hasMessageContaining("longer");
    }

    private static List<TarEntry> randomEntries(RandomGenerator random) {
        List<TarEntry.Kind> kinds = List.of(TarEntry.Kind.values());
        return Stream.generate(() -> kinds.get(random.nextInt(kinds.size())))
                .limit(random.nextInt(6))
                .map(kind -> randomEntry(kind, random))
                .toList();
    }

    private static TarEntry randomEntry(TarEntry.Kind kind, RandomGenerator random) {
        TreeMap<ByteString, ByteString> xattrs = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            xattrs.put(ByteString.of("user." + i), bytes(random, random.nextInt(200)));
        }
        boolean linked = kind == TarEntry.Kind.SYMLINK || kind == TarEntry.Kind.HARDLINK;
        boolean device = kind == TarEntry.Kind.BLOCK_DEVICE || kind == TarEntry.Kind.CHARACTER_DEVICE;
        return new TarEntry(
                kind,
                bytes(random, 1 + random.nextInt(random.nextBoolean() ? 20 : 300)),
                linked ? bytes(random, 1 + random.nextInt(150)) : ByteString.EMPTY,
                random.nextInt(010000),
                random.nextLong(0xffff_ffffL),
                random.nextLong(0xffff_ffffL),
                kind == TarEntry.Kind.FILE ? random.nextInt(3000) : 0,
                FileTime.ofSeconds(random.nextLong(-10_000_000_000L, 20_000_000_000L)),
                device ? new Device(random.nextInt(0x1000), random.nextInt(0x100000)) : Device.NONE,
                xattrs);
    }

    /** Any bytes but zero, which ends a name. */
    private static ByteString bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + random.nextInt(255));
        }
        return ByteString.of(bytes);
    }
}
