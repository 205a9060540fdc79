package dev.slipway.image.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import java.util.List;

/**
 * A layer unpacked without a look at the layers below it, and what those have still to say.
 *
 * @param inheritedDirectories made because something lies in them, without an entry of their own: they take the
 *     attributes of the same directory below. Sorted; the empty path is the root
 * @param pendingLinks hard links to what this layer does not have, in the order of the archive
 * @param opaqueRoot whether it hides everything below it, which no mark on the root of a layer can say
 */
public record AppliedLayer(
        LayerSummary summary,
        List<ByteString> inheritedDirectories,
        List<LayerEntry.Hardlink> pendingLinks,
        boolean opaqueRoot) {
    public AppliedLayer {
        requireNonNull(summary, "summary is null");
        inheritedDirectories = List.copyOf(inheritedDirectories);
        pendingLinks = List.copyOf(pendingLinks);
    }

    /**
     * Whether the directory means the same over any other layers. If not, {@link LayerApplier#complete} makes it fit for
     * one stack of layers, and only for that one. The attributes of the root alone do not count: they matter in the
     * lowest and the uppermost layer only.
     */
    public boolean isIndependent() {
        return !opaqueRoot
                && pendingLinks.isEmpty()
                && inheritedDirectories.stream().allMatch(ByteString::isEmpty);
    }
}
