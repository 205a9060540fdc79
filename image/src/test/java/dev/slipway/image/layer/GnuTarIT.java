package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GNU tar reads what we write and we read what it writes, with trees of all kinds of nodes and names. */
class GnuTarIT {
    private static final int CASES = 5 * Integer.getInteger("slipway.cases", 1);

    @TempDir
    Path directory;

    private final long seed = Long.getLong("slipway.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);

    @BeforeEach
    void requireRoot() {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
    }

    @Test
    void gnuTarUnpacksOurLayersAsTheyWere() throws Exception {
        for (int i = 0; i < CASES; i++) {
            Path tree = randomTree("ours" + i);
            Path archive = directory.resolve("ours" + i + ".tar");
            try (OutputStream out = Files.newOutputStream(archive)) {
                LayerExport.write(tree, List.of(), out);
            }
            Path unpacked = Files.createDirectory(directory.resolve("by-gnu" + i));
            tar(
                    "--xattrs",
                    "--xattrs-include=*",
                    "--numeric-owner",
                    "-xpf",
                    archive.toString(),
                    "-C",
                    unpacked.toString());
            assertThat(TreeDump.difference(TreeDump.of(tree), TreeDump.of(unpacked)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "gnu"})
    void weUnpackGnuTarsArchivesAsTheyWere(String format) throws Exception {
        for (int i = 0; i < CASES; i++) {
            Path tree = randomTree("theirs-" + format + i);
            Path archive = directory.resolve("theirs.tar");
            tar(
                    "--format=" + format,
                    "--numeric-owner",
                    "--sort=none",
                    "-cf",
                    archive.toString(),
                    "-C",
                    tree.toString(),
                    ".");
            if (format.equals("posix")) {
                Files.delete(archive);
                tar(
                        "--format=posix",
                        "--xattrs",
                        "--xattrs-include=*",
                        "-cf",
                        archive.toString(),
                        "-C",
                        tree.toString(),
                        ".");
            }
            Path unpacked = Files.createDirectory(directory.resolve("by-us-" + format + i));
            try (InputStream in = Files.newInputStream(archive)) {
                assertThat(LayerApplier.USUAL.apply(in, unpacked).isIndependent())
                        .isTrue();
            }
            assertThat(TreeDump.difference(asGnuKeepsIt(format, tree), asGnuKeepsIt(format, unpacked)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** GNU tar keeps no attributes in its own format, and no hard links between devices. */
    private static SortedMap<String, String> asGnuKeepsIt(String format, Path tree) throws IOException {
        SortedMap<String, String> lines = TreeDump.of(tree);
        lines.replaceAll((path, line) -> {
            String kept = format.equals("posix") ? line : line.replaceAll("\\{.*}", "");
            return kept.contains("_DEVICE ") || kept.startsWith("FIFO")
                    ? kept.replaceAll("same as .*?(Dev|$)", "$1")
                    : kept;
        });
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--sparse-version=0.0", "--sparse-version=0.1", "--sparse-version=1.0"})
    void sparseFilesAreReadInEveryFormat(String format) throws Exception {
        Path tree = Files.createDirectory(directory.resolve("sparse"));
        try (Fd root = Nodes.openDirectory(tree);
                Fd file = Nodes.openAt(
                        root, ByteString.of("f"), 0644, OpenFlag.CREATE, OpenFlag.WRITE_ONLY, OpenFlag.EXCLUSIVE)) {
            file.truncate(40 << 20);
            for (int i = 1; i < 40; i++) {
                file.seek(((long) i << 20) - random.nextInt(5000));
                file.write(new byte[] {1, 2, 3, (byte) i});
            }
        }
        Path archive = directory.resolve("sparse.tar");
        String pax = format.startsWith("--sparse-version") ? "--format=posix" : format;
        tar(pax, format, "--sparse", "-cf", archive.toString(), "-C", tree.toString(), "f");
        assertThat(Files.size(archive)).isLessThan(2 << 20);
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        try (InputStream in = Files.newInputStream(archive)) {
            LayerApplier.USUAL.apply(in, unpacked);
        }
        assertThat(TreeDump.difference(TreeDump.of(tree), TreeDump.of(unpacked)))
                .as("seed %d", seed)
                .isEmpty();
    }

    private Path randomTree(String name) throws IOException {
        Path tree = Files.createDirectory(directory.resolve(name));
        new RandomChanges(random).make(tree, 120);
        return tree;
    }

    private static void tar(String... arguments) throws IOException, InterruptedException {
        ArrayList<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst("tar");
        Process tar = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tar.waitFor()).as(output).isZero();
    }
}
