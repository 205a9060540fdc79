package dev.slipway.engine.solve;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.verify.LayerProof;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * Proves of each layer that the very blob which is to be pushed leads from the tree before its instruction to the tree
 * after it. Since it is so for every layer of a build, all of them over the base are the tree that the last instruction
 * left.
 *
 * @param latest no time of a layer is later
 */
record LayerVerifier(Snapshotter snapshotter, FileTime latest) implements LayerCheck {
    LayerVerifier {
        requireNonNull(snapshotter, "snapshotter is null");
        requireNonNull(latest, "latest is null");
    }

    @Override
    public void check(MadeLayer layer, Tree before, Tree after, Operation operation) {
        try {
            boolean proved = snapshotter.read(List.of(before, after), roots -> {
                prove(layer, after.layers().getLast(), roots);
                return true;
            });
            if (!proved) {
                throw new IllegalStateException("not proved: " + layer.diffId());
            }
        } catch (BuildFailedException e) {
            throw new BuildFailedException(
                    e.problems().getFirst().at(operation.place()), List.of(), OptionalInt.empty(), e);
        } catch (LinuxException e) {
            throw new MachineException(
                    Problem.of("cannot prove the layer of " + operation.title(), String.valueOf(e.getMessage()))
                            .at(operation.place()),
                    e);
        }
    }

    /** The digest comes last: what differs says more than that something does. */
    private void prove(MadeLayer layer, Path written, List<Path> roots) {
        MessageDigest hash = layer.diffId().newHash();
        try (InputStream blob = layer.blob().open();
                InputStream tar = new DigestInputStream(Compression.decompress(blob), hash)) {
            LayerProof.prove(tar, written, roots.getFirst(), roots.getLast(), latest);
        } catch (IOException e) {
            throw unreadable(layer, e);
        }
        String hex = HexFormat.of().formatHex(hash.digest());
        if (!hex.equals(layer.diffId().hex())) {
            throw unreadable(layer, new IOException("its archive is " + hex));
        }
    }

    private static BuildFailedException unreadable(MadeLayer layer, IOException e) {
        return new BuildFailedException(
                Problem.of("the layer that was written cannot be read back", layer.diffId() + ": " + e.getMessage())
                        .remedy("build again; if it stays, look at disk and memory of this machine"),
                List.of(),
                OptionalInt.empty(),
                e);
    }
}
