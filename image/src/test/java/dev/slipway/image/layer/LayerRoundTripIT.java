package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Mounts;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever programs do in an overlay, its upper directory written as a layer and unpacked over the same layers shows the
 * same tree. On the kernel's own overlay file system.
 */
class LayerRoundTripIT {
    private static final int CASES = 25 * Integer.getInteger("slipway.cases", 1);
    private static final String OPTIONS = "redirect_dir=off,metacopy=off,index=off";

    @TempDir
    Path directory;

    @Test
    void aLayerUnpackedOverItsLowerLayersIsTheTreeItWasTakenFrom() throws Exception {
        long firstSeed = Long.getLong("slipway.seed", System.nanoTime());
        OwnNamespace.run(() -> {
            for (int i = 0; i < CASES; i++) {
                long seed = firstSeed + i;
                Path work = Files.createDirectory(directory.resolve("case" + i));
                try {
                    roundTrip(seed, work);
                } catch (AssertionError | Exception e) {
                    throw new AssertionError("-Dslipway.seed=" + seed, e);
                }
                try (Fd parent = Nodes.openDirectory(directory)) {
                    TreeRemoval.remove(parent, ByteString.of("case" + i));
                }
            }
        });
    }

    private static void roundTrip(long seed, Path work) throws IOException {
        RandomChanges changes = new RandomChanges(
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed));
        Path base = Files.createDirectory(work.resolve("base"));
        changes.make(base, 40);
        Path middle = overlay(work, "middle", List.of(base), merged -> changes.make(merged, 30));
        List<Path> lowers = List.of(middle, base);
        List<SortedMap<String, String>> expected = new ArrayList<>();
        Path upper = overlay(work, "upper", lowers, merged -> {
            changes.make(merged, 40);
            expected.add(TreeDump.of(merged));
        });

        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        LayerSummary written = LayerExport.write(upper, lowers, layer);
        Path fresh = Files.createDirectory(work.resolve("fresh"));
        LayerSummary read = LayerApplier.USUAL.apply(new ByteArrayInputStream(layer.toByteArray()), fresh, lowers);

        overlay(
                work,
                "shown",
                List.of(fresh, middle, base),
                merged -> assertThat(TreeDump.difference(expected.getFirst(), TreeDump.of(merged)))
                        .isEmpty());
        assertThat(read)
                .isEqualTo(
                        new LayerSummary(written.entries(), written.files(), written.whiteouts(), written.bytes(), 0));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        LayerExport.write(fresh, lowers, again);
        assertThat(again.toByteArray()).as("the layer of the layer").isEqualTo(layer.toByteArray());
    }

    private interface InMerged {
        void run(Path merged) throws IOException;
    }

    /** Mounts, works, unmounts; gives the upper directory. */
    private static Path overlay(Path work, String name, List<Path> lowers, InMerged inMerged) throws IOException {
        Path upper = Files.createDirectory(work.resolve(name));
        Path scratch = Files.createDirectory(work.resolve(name + ".work"));
        Path merged = Files.createDirectory(work.resolve(name + ".merged"));
        String lower = String.join(":", lowers.stream().map(Path::toString).toList());
        Mounts.mount(
                "overlay",
                merged,
                "overlay",
                0,
                "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + scratch + "," + OPTIONS);
        try {
            inMerged.run(merged);
        } finally {
            Mounts.detach(merged);
        }
        return upper;
    }
}
