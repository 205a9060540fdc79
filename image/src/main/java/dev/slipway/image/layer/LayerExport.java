package dev.slipway.image.layer;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.tar.TarException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Writes an overlay's upper directory as a layer. The same tree gives the same bytes. */
public final class LayerExport {
    /** No limit for modification times. */
    public static final FileTime ANY_TIME = FileTime.ofSeconds(Long.MAX_VALUE);

    private LayerExport() {}

    /** Like {@link #write(Path, List, OutputStream, FileTime)}, with the times as they are. */
    public static LayerSummary write(Path upper, List<Path> lowersTopFirst, OutputStream tar) throws IOException {
        return write(upper, lowersTopFirst, tar, ANY_TIME);
    }

    /**
     * Writes the difference that {@code upper} makes to the layers below it.
     *
     * @param upper an overlay's upper directory; its mount may still be there, but nothing may write to it
     * @param lowersTopFirst the unpacked layers below it; none for a base layer
     * @param tar takes the uncompressed archive; the caller closes it
     * @param latest no node gets a later modification time ({@code SOURCE_DATE_EPOCH})
     * @throws BuildFailedException if a file changes while it is read, or has a name that no layer can hold
     * @throws MachineException if the directories cannot be read
     * @throws IOException if the archive cannot be written
     */
    public static LayerSummary write(Path upper, List<Path> lowersTopFirst, OutputStream tar, FileTime latest)
            throws IOException {
        LayerSummary.Counter counter = new LayerSummary.Counter();
        LayerTarWriter writer = new LayerTarWriter(tar);
        try (Fd root = Nodes.openDirectory(upper);
                TreeDirectory raw = new RawDirectory(Nodes.openDirectory(upper));
                TreeDirectory lower = MergedDirectory.open(lowersTopFirst);
                FdStreams streams = new FdStreams()) {
            OverlayDiff diff = new OverlayDiff(
                    entry -> {
                        counter.count(entry);
                        write(entry, root, streams, writer);
                    },
                    latest);
            counter.countSockets(diff.compare(raw, lower));
        } catch (LinuxException e) {
            throw LayerFailures.machine("write the layer of " + upper, e);
        }
        writer.finish();
        return counter.summary();
    }

    private static void write(LayerEntry entry, Fd root, FdStreams streams, LayerTarWriter writer) throws IOException {
        if (entry instanceof LayerEntry.RegularFile file) {
            writeFile(file, root, streams, writer);
        } else {
            writer.write(entry);
        }
    }

    private static void writeFile(LayerEntry.RegularFile file, Fd root, FdStreams streams, LayerTarWriter writer)
            throws IOException {
        ByteString path = file.path();
        try (Fd content = Nodes.openAt(root, path, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING)) {
            Stat before = Nodes.stat(content);
            if (!before.isRegular() || before.size() != file.size()) {
                throw OverlayDiff.changed(path, "it had " + file.size() + " bytes and has " + before.size());
            }
            writer.write(file, streams.input(content));
            Stat after = Nodes.stat(content);
            if (!after.modified().equals(before.modified()) || after.size() != before.size()) {
                throw OverlayDiff.changed(path, "it was written to");
            }
        } catch (TarException e) {
            throw OverlayDiff.changed(path, "it no longer has " + file.size() + " bytes");
        }
    }
}
