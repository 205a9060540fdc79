package dev.slipway.image.layer.tar;

import static dev.slipway.image.layer.tar.TarSamples.archive;
import static dev.slipway.image.layer.tar.TarSamples.blocks;
import static dev.slipway.image.layer.tar.TarSamples.file;
import static dev.slipway.image.layer.tar.TarSamples.header;
import static dev.slipway.image.layer.tar.TarSamples.join;
import static dev.slipway.image.layer.tar.TarSamples.pax;
import static dev.slipway.image.layer.tar.TarSamples.read;
import static dev.slipway.image.layer.tar.TarSamples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.FileTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules are those of POSIX pax (ustar and pax interchange formats) and of the GNU tar manual, "Tar Internals". */
class TarReaderTest {
    private static final byte[] END = new byte[1024];

    @Test
    void anEmptyArchiveHasNoEntriesAndOneWithoutItsEndIsWhole() throws IOException {
        assertThat(read(END)).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[512])).isEmpty();
        assertThat(read(header('0', "a", "0"))).hasSize(1);
    }

    @Test
    void aPrefixComesBeforeThePosixNameOnly() throws IOException {
        assertThat(read(header('0', "name", "0", "345", "pre/fix")).getFirst().name())
                .isEqualTo(ByteString.of("pre/fix/name"));
        assertThat(read(header('0', "name", "0", "345", "pre/fix", "257", "ustar  \0"))
                        .getFirst()
                        .name())
                .isEqualTo(ByteString.of("name"));
    }

    @Test
    void aV7NameThatEndsInASlashIsADirectory() throws IOException {
        assertThat(read(header('\0', "d/", "0")).getFirst().kind()).isEqualTo(TarEntry.Kind.DIRECTORY);
        assertThat(read(header('\0', "f", "0")).getFirst().kind()).isEqualTo(TarEntry.Kind.FILE);
        assertThat(read(header('7', "f", "0")).getFirst().kind()).isEqualTo(TarEntry.Kind.FILE);
    }

    @Test
    void numbersAreOctalOrBinary() throws IOException {
        assertThat(read(header('0', "a", "0", "108", "  12 ")))
                .first()
                .satisfies(entry -> assertThat(entry.uid()).isEqualTo(10));
        assertThat(read(header('0', "a", "0", "108", "\200\0\0\0\262\320\136\000"))
                        .getFirst()
                        .uid())
                .isEqualTo(3_000_000_000L);
        assertThat(read(header('0', "a", "0", "136", "\377\377\377\377\377\377\377\377\377\377\377\376"))
                        .getFirst()
                        .modified())
                .isEqualTo(FileTime.ofSeconds(-2));
    }

    @Test
    void gnuLongNamesReplaceTheHeaders() throws IOException {
        String name = "n".repeat(300);
        String link = "l".repeat(200);
        byte[] archive = join(
                header('L', "././@LongLink", "455"), // 301 in octal
                blocks(name + "\0"),
                header('K', "././@LongLink", "311"),
                blocks(link + "\0"),
                header('2', "short", "0"),
                END);
        assertThat(read(archive)).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo(ByteString.of(name));
            assertThat(entry.linkName()).isEqualTo(ByteString.of(link));
        });
    }

    @Test
    void paxRecordsReplaceTheHeaderAndHoldForOneEntry() throws IOException {
        String records = record("path", "p/\u00e4")
                + record("uid", "3000000000")
                + record("gid", "7")
                + record("mtime", "-1.25")
                + record("size", "3")
                + record("comment", "ignored")
                + record("SCHILY.xattr.user.x", "\u00ff\u0000=\n");
        byte[] archive = join(pax('x', records), header('0', "a", "0"), blocks("abc"), header('0', "b", "0"), END);
        List<TarEntry> entries = read(archive);
        assertThat(entries).hasSize(2);
        TarEntry first = entries.getFirst();
        assertThat(first.name()).isEqualTo(ByteString.of("p/\u00e4".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(first.uid()).isEqualTo(3_000_000_000L);
        assertThat(first.gid()).isEqualTo(7);
        assertThat(first.size()).isEqualTo(3);
        assertThat(first.modified()).isEqualTo(new FileTime(-2, 750_000_000));
        assertThat(first.xattrs()).containsOnly(java.util.Map.entry(ByteString.of("user.x"), ByteString.of(new byte[] {
            (byte) 0xff, 0, '=', '\n'
        })));
        assertThat(entries.getLast().name()).isEqualTo(ByteString.of("b"));
        assertThat(entries.getLast().xattrs()).isEmpty();
    }

    @Test
    void aGlobalHeaderChangesNothing() throws IOException {
        byte[] archive = join(pax('g', record("path", "other")), header('0', "a", "0"), END);
        assertThat(read(archive))
                .singleElement()
                .satisfies(entry -> assertThat(entry.name()).isEqualTo(ByteString.of("a")));
    }

    @Test
    void contentNotReadIsSkipped() throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive(file("a", 5000), file("b", 3))));
        reader.next();
        reader.content().skipNBytes(700);
        assertThat(reader.next())
                .hasValueSatisfying(entry -> assertThat(entry.name()).isEqualTo(ByteString.of("b")));
        assertThat(reader.content().readAllBytes()).hasSize(3);
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void linksHaveNoContentWhateverTheirSizeSays() throws IOException {
        byte[] archive = join(header('1', "l", "0001000", "157", "a"), header('0', "b", "0"), END);
        assertThat(read(archive))
                .hasSize(2)
                .first()
                .satisfies(entry -> assertThat(entry.size()).isZero());
    }

    @Test
    void sparseFilesOfEveryPaxFormatReadAsTheWholeFile() throws IOException {
        String v00 = record("GNU.sparse.size", "1000")
                + record("GNU.sparse.numblocks", "2")
                + record("GNU.sparse.offset", "10")
                + record("GNU.sparse.numbytes", "2")
                + record("GNU.sparse.offset", "500")
                + record("GNU.sparse.numbytes", "1");
        String v01 = record("GNU.sparse.size", "1000")
                + record("GNU.sparse.map", "10,2,500,1")
                + record("GNU.sparse.name", "real");
        String v10 = record("GNU.sparse.major", "1")
                + record("GNU.sparse.minor", "0")
                + record("GNU.sparse.realsize", "1000")
                + record("GNU.sparse.name", "real");
        byte[] expected = new byte[1000];
        expected[10] = 'a';
        expected[11] = 'b';
        expected[500] = 'c';
        for (byte[] archive : List.of(
                join(pax('x', v00), header('0', "real", "3"), blocks("abc")),
                join(pax('x', v01), header('0', "x", "3"), blocks("abc")),
                join(pax('x', v10), header('0', "x", "1003"), blocks("2\n10\n2\n500\n1\n"), blocks("abc")))) {
            TarReader reader = new TarReader(new ByteArrayInputStream(archive));
            TarEntry entry = reader.next().orElseThrow();
            assertThat(entry.name()).isEqualTo(ByteString.of("real"));
            assertThat(entry.size()).isEqualTo(1000);
            assertThat(reader.content().readAllBytes()).isEqualTo(expected);
            assertThat(reader.next()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'10,2,5,1', overlapping",
        "'10,2,999,2', beyond the end",
        "'10,2', fewer bytes than the archive has",
        "'10,2,500', an offset alone",
        "'10,99999999999999999,500,1', a length beyond the end",
    })
    void aSparseMapThatDoesNotFitIsRefused(String map, String why) {
        byte[] archive = join(
                pax('x', record("GNU.sparse.size", "1000") + record("GNU.sparse.map", map)),
                header('0', "x", "3"),
                blocks("abc"));
        assertThatThrownBy(() -> read(archive)).as(why).isInstanceOf(TarException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'4 a=\n', shorter than it says it is",
        "'99 path=x\n', longer than the header",
        "'10 path=xy', no line end",
        "'x path=y\n', no number",
        "'7 path\n', no value",
        "'6 =xx\n', no key",
        "'-5 a=b\n', negative",
        "'00000000000009 a=b\n', a length of many digits",
    })
    void aBrokenPaxHeaderIsRefused(String records, String why) {
        assertThatThrownBy(() -> read(join(pax('x', records), header('0', "a", "0"))))
                .as(why)
                .isInstanceOf(TarException.class);
    }

    @Test
    void aZeroByteInAPaxPathIsRefused() {
        assertThatThrownBy(() -> read(join(pax('x', record("path", "a\0b")), header('0', "a", "0"))))
                .isInstanceOf(TarException.class)
                .hasMessageContaining("zero byte");
    }

    @Test
    void headersBeyondTheLimitsAreRefusedBeforeTheyAreRead() {
        assertThatThrownBy(() -> read(header('x', "x", "00004000001"))) // 1 MiB and 1
                .hasMessageContaining("1048577 bytes");
        assertThatThrownBy(() -> read(header('L', "x", "77777777777"))).isInstanceOf(TarException.class);
        assertThatThrownBy(() -> read(archive(file("n".repeat(4096), 0)))).hasMessageContaining("4096 bytes");
        assertThatThrownBy(
                        () -> read(archive(file("a", 0), file("b", 0), file("c", 0)), new TarLimits(1 << 20, 4095, 2)))
                .hasMessageContaining("more than 2 entries");
    }

    @Test
    void aCutOffArchiveIsRefusedWhereverItIsCut() throws IOException {
        byte[] archive = archive(file("a", 700), file("n".repeat(200), 700));
        int second = 512 + 1024;
        int end = archive.length - 1024;
        for (int length = 1; length < archive.length; length += 13) {
            byte[] cut = Arrays.copyOf(archive, length);
            boolean atBorder = length == second || length >= end - 324;
            if (!atBorder && !(length >= 512 + 700 && length < second)) {
                assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(TarException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V, 0, a volume label",
        "M, 0, a part of a file of another volume",
        "D, 0, a directory dump",
        "X, 0, a Solaris header",
        "0, 9, a size that is not octal",
        "S, 0, a sparse file without GNU's magic",
    })
    void whatIsNoLayerContentIsRefused(char type, String size, String what) {
        assertThatThrownBy(() -> read(header(type, "a", size))).as(what).isInstanceOf(TarException.class);
    }

    @Test
    void aWrongChecksumIsRefused() {
        byte[] block = header('0', "a", "0");
        block[0] = 'b';
        assertThatThrownBy(() -> read(block)).hasMessageContaining("checksum");
    }

    @Test
    void negativeSizesAndOwnersAreRefused() {
        String minusOne = "\377".repeat(12);
        assertThatThrownBy(() -> read(header('0', "a", minusOne))).isInstanceOf(TarException.class);
        assertThatThrownBy(() -> read(header('0', "a", "0", "108", "\377".repeat(8))))
                .isInstanceOf(TarException.class);
    }

    @Test
    void anExtendedHeaderWithoutAnEntryIsRefused() {
        assertThatThrownBy(() -> read(join(pax('x', record("path", "a")), END))).hasMessageContaining("cut off");
    }
}
