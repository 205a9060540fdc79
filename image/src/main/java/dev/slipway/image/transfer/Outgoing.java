package dev.slipway.image.transfer;

import dev.slipway.image.model.Descriptor;
import java.util.List;

/** What is ready to be sent under a name: one image, or an index of several. */
public sealed interface Outgoing permits OutgoingImage, OutgoingIndex {
    /** Exact bytes, whose digest is that of {@link #manifestDescriptor()}. */
    byte[] manifest();

    Descriptor manifestDescriptor();

    /** Every manifest and index that belongs to it, each after those that it names; the last one is this itself. */
    List<Outgoing> manifests();

    /** The images among {@link #manifests()}. */
    default List<OutgoingImage> images() {
        return manifests().stream()
                .filter(OutgoingImage.class::isInstance)
                .map(OutgoingImage.class::cast)
                .toList();
    }
}
