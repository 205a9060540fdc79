package dev.slipway.image.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1952: a file is a series of members, each with header, deflated blocks, CRC-32 and length. */
class GzipMembersTest {
    private static final int CASES = 6 * Integer.getInteger("slipway.cases", 1);
    private static final int MEMBER = GzipMembers.MEMBER_BYTES;

    @Test
    void givesTheSameBytesAtAnyParallelismAndHoweverItIsCut() throws IOException {
        for (int i = 0; i < CASES; i++) {
            long seed = Long.getLong("slipway.seed", System.nanoTime()) + i;
            SplittableRandom random = new SplittableRandom(seed);
            byte[] input = input(random, random.nextInt(4 * MEMBER));
            byte[] once = compressed(input, 1, input.length + 1);
            assertThat(plain(once)).as("-Dslipway.seed=%s", seed).isEqualTo(input);
            for (int parallelism : new int[] {2, 8}) {
                assertThat(compressed(input, parallelism, 1 + random.nextInt(100_000)))
                        .as("-Dslipway.seed=%s, parallelism %s", seed, parallelism)
                        .isEqualTo(once);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MEMBER - 1, MEMBER, MEMBER + 1, 2 * MEMBER, 3 * MEMBER})
    void everyMemberButTheLastHasOneMebibyte(int length) throws IOException {
        byte[] input = input(new SplittableRandom(length), length);
        byte[] file = compressed(input, 2, 4096);
        assertThat(plain(file)).isEqualTo(input);
        int members = Math.max(1, (length + MEMBER - 1) / MEMBER);
        assertThat(headers(file)).isEqualTo(members);
        int last = length == 0 ? 0 : length - (members - 1) * MEMBER;
        assertThat(littleEndian(file, file.length - 4)).isEqualTo(last);
    }

    @Test
    void whatCannotBeShrunkGrowsByLittle() throws IOException {
        byte[] input = new byte[2 * MEMBER];
        new SplittableRandom(1).nextBytes(input);
        byte[] file = compressed(input, 2, MEMBER);
        assertThat(file.length).isBetween(input.length, input.length + 2048);
        assertThat(plain(file)).isEqualTo(input);
    }

    @Test
    void headerTellsNothingOfTheMachine() throws IOException {
        byte[] file = compressed(new byte[] {1}, 1, 1);
        assertThat(file).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }

    @Test
    void failureOfTheStreamBelowIsTheWriters() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> {
                    try (GzipMembers members = new GzipMembers(full, 6, 2)) {
                        members.write(new byte[5 * MEMBER]);
                        members.finish();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }

    @Test
    void interruptionEndsTheWaiting() throws IOException {
        try (GzipMembers members = new GzipMembers(OutputStream.nullOutputStream(), 6, 1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> members.write(new byte[8 * MEMBER])).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Runs of words and noise, so that members differ and shrink. */
    private static byte[] input(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int run = Math.min(length - at, 1 + random.nextInt(5000));
            byte value = (byte) random.nextInt(256);
            boolean noise = random.nextInt(3) == 0;
            for (int i = 0; i < run; i++) {
                bytes[at + i] = noise ? (byte) random.nextInt(256) : (byte) (value + i % 7);
            }
            at += run;
        }
        return bytes;
    }

    private static byte[] compressed(byte[] input, int parallelism, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipMembers members = new GzipMembers(out, 6, parallelism)) {
            for (int at = 0; at < input.length; at += piece) {
                members.write(input, at, Math.min(piece, input.length - at));
            }
            members.finish();
        }
        return out.toByteArray();
    }

    private static byte[] plain(byte[] file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static int headers(byte[] file) {
        int count = 0;
        for (int at = 0; at + 10 <= file.length; at++) {
            boolean header = file[at] == 0x1f && file[at + 1] == (byte) 0x8b && file[at + 2] == 8;
            for (int i = 3; i < 9; i++) {
                header = header && file[at + i] == 0;
            }
            count += header && file[at + 9] == (byte) 0xff ? 1 : 0;
        }
        return count;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }
}
