package dev.slipway.image.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.image.layer.tar.TarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Unpacks one layer into a directory of its own, in the form in which the overlay file system takes it as a lower
 * directory: {@code .wh.name} becomes the character device 0:0, an opaque directory an extended attribute.
 *
 * <p>Layers unpack independently, in any order and in parallel. What needs the layers below (hard links to their files,
 * attributes of directories that the layer only passes through) waits for {@link #complete}. No entry writes outside the
 * target, whatever its name, its links or the links before it.
 *
 * @param marks how deletions are marked
 * @param maximumBytes of content that are unpacked, all files together; more fails
 */
public record LayerApplier(OverlayMarks marks, long maximumBytes) {
    /** As root, without a limit. */
    public static final LayerApplier USUAL = new LayerApplier(OverlayMarks.TRUSTED, Long.MAX_VALUE);

    public LayerApplier {
        requireNonNull(marks, "marks is null");
        if (maximumBytes < 0) {
            throw new IllegalArgumentException("maximumBytes is " + maximumBytes);
        }
    }

    /** {@link #apply(InputStream, Path)} and {@link #complete} in one, where the layers below are there already. */
    public LayerSummary apply(InputStream tar, Path target, List<Path> lowersTopFirst) throws IOException {
        AppliedLayer applied = apply(tar, target);
        complete(applied, target, lowersTopFirst);
        return applied.summary();
    }

    /**
     * Unpacks a layer and reads its stream to the last byte. Not atomic: after an error the target is to be removed.
     *
     * @param tar the uncompressed archive; the caller closes it
     * @param target an empty directory
     * @throws InvalidInputException if it is not a layer, or wants out of the target
     * @throws MachineException if the file system or the lack of a privilege forbids it
     * @throws IOException if the stream breaks off
     */
    public AppliedLayer apply(InputStream tar, Path target) throws IOException {
        LayerTarReader reader = new LayerTarReader(tar);
        LayerSummary.Counter counter = new LayerSummary.Counter();
        Map<ByteString, LayerEntry.Hardlink> pending = new LinkedHashMap<>();
        try (LayerTarget tree = LayerTarget.fresh(target, marks)) {
            for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                counter.count(entry.get());
                requireWithin(counter.bytes());
                applyOne(entry.get(), reader, tree, pending);
            }
            tree.setTimes();
            return new AppliedLayer(
                    counter.summary(), tree.inherited(), List.copyOf(pending.values()), tree.isRootOpaque());
        } catch (TarException e) {
            throw LayerListing.broken(e);
        } catch (LinuxException e) {
            throw LayerFailures.unpacking("unpack a layer into " + target, e);
        }
    }

    /**
     * Lets the layers below have their say. Does nothing to a layer that {@linkplain AppliedLayer#isIndependent() is
     * independent}, except to the attributes of its root.
     *
     * @param applied what {@link #apply(InputStream, Path)} said of the target
     * @param lowersTopFirst the layers below it, unpacked and complete
     * @throws InvalidInputException if a hard link leads nowhere
     * @throws MachineException as above
     */
    public void complete(AppliedLayer applied, Path target, List<Path> lowersTopFirst) throws IOException {
        try (LayerTarget tree = LayerTarget.again(target, marks);
                MergedDirectory lower = MergedDirectory.open(lowersTopFirst)) {
            new LayerCompletion(tree, lower).complete(applied);
            tree.setTimes();
        } catch (TarException e) {
            throw LayerListing.broken(e);
        } catch (LinuxException e) {
            throw LayerFailures.unpacking("complete the layer in " + target, e);
        }
    }

    private static void applyOne(
            LayerEntry entry, LayerTarReader reader, LayerTarget tree, Map<ByteString, LayerEntry.Hardlink> pending)
            throws IOException {
        // A later entry of the same name takes the place of a link that waits.
        pending.remove(entry.path());
        switch (entry) {
            case LayerEntry.Directory directory -> tree.directory(directory);
            case LayerEntry.RegularFile file -> tree.file(file, reader.content());
            case LayerEntry.Symlink link -> tree.symlink(link);
            case LayerEntry.DeviceNode node -> tree.node(node.path(), node.attributes(), node.type(), node.device());
            case LayerEntry.Fifo fifo -> tree.fifo(fifo);
            case LayerEntry.Whiteout whiteout -> tree.whiteout(whiteout.path());
            case LayerEntry.Opaque opaque -> tree.opaque(opaque.path());
            case LayerEntry.Hardlink link -> {
                if (!tree.link(link)) {
                    pending.put(link.path(), link);
                }
            }
        }
    }

    private void requireWithin(long bytes) {
        if (bytes > maximumBytes) {
            throw new InvalidInputException(Problem.of(
                    "the layer is larger than allowed", "it unpacks to more than " + maximumBytes + " bytes"));
        }
    }
}
