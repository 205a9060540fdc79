package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RUN for another architecture, with and without an interpreter that the kernel knows. */
class ForeignRunIT {
    private static final String DOCKERFILE = """
            FROM --platform=linux/arm64 scratch
            COPY --chmod=0755 hello /hello
            RUN ["/hello"]
            """;
    /** Registers Debian's entry for arm64, which has the flag F, for as long as the build takes. */
    private static final String WITH_INTERPRETER = """
            set -e
            kernel=/proc/sys/fs/binfmt_misc
            mount -t binfmt_misc binfmt_misc $kernel
            sed s/^:qemu-aarch64:/:slipway-test:/ /usr/lib/binfmt.d/qemu-aarch64.conf > $kernel/register
            trap 'echo -1 > $kernel/slipway-test' EXIT
            "$@"
            """;
    /** The same without a single interpreter: the kernel shows none to this mount namespace. */
    private static final String WITHOUT = """
            set -e
            mount -t tmpfs none /proc/sys/fs/binfmt_misc
            exec "$@"
            """;

    @TempDir
    Path temp;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
        Files.write(context.resolve("hello"), arm64Program("hello from afar\n"));
    }

    @Test
    void runsWithTheInterpreterThatTheKernelHas() {
        Command.Result result = build(WITH_INTERPRETER);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).contains("hello from afar");
    }

    @Test
    void withoutOneItIsRefusedBeforeAnyInstructionAndSaysWhatIsMissing() {
        Command.Result result = build(WITHOUT);

        assertThat(result.status()).isEqualTo(5);
        assertThat(result.err())
                .contains("Dockerfile:3")
                .contains("RUN for linux/arm64")
                .contains("binfmt_misc")
                .contains("qemu-user-static")
                .doesNotContain("COPY --chmod");
    }

    private Command.Result build(String surroundings) {
        SlipwayCommand slipway = new SlipwayCommand(temp.resolve("home"), "127.0.0.1:1");
        List<String> words = slipway.command("build", "--platform", "linux/arm64", ".")
                .builder()
                .command();
        return Command.of("unshare", "--mount", "sh", "-c", surroundings, "sh")
                .with(words)
                .in(context)
                .env("SLIPWAY_HOME", temp.resolve("home").toString())
                .run();
    }

    /** A program that writes a text and ends, in the fewest instructions. */
    private static byte[] arm64Program(String text) {
        byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        int[] code = {
            0xd2800808, // mov x8, 64: write
            0xd2800020, // mov x0, 1: to standard output
            0x100000c1, // adr x1, +24: the text, behind the code
            0xd2800002 | message.length << 5, // mov x2, its length
            0xd4000001, // svc 0
            0xd2800ba8, // mov x8, 93: exit
            0xd2800000, // mov x0, 0
            0xd4000001 // svc 0
        };
        int size = 64 + 56 + code.length * Integer.BYTES + message.length;
        long address = 0x400000;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        elf.putShort((short) 2).putShort((short) 183).putInt(1); // an executable for AArch64
        elf.putLong(address + 64 + 56).putLong(64).putLong(0).putInt(0); // entry, program headers
        elf.putShort((short) 64).putShort((short) 56).putShort((short) 1).putShort((short) 0);
        elf.putShort((short) 0).putShort((short) 0);
        elf.putInt(1).putInt(5).putLong(0).putLong(address).putLong(address); // all of it, readable and executable
        elf.putLong(size).putLong(size).putLong(0x1000);
        for (int instruction : code) {
            elf.putInt(instruction);
        }
        return elf.put(message).array();
    }
}
