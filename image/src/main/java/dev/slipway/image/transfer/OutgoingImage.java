package dev.slipway.image.transfer;

import dev.slipway.image.model.Descriptor;
import java.util.List;

/**
 * An image that is ready to be sent.
 *
 * @param manifest exact bytes, whose digest is the image's
 * @param manifestDescriptor describes {@code manifest}
 * @param config exact bytes of the configuration
 * @param configDescriptor describes {@code config}
 * @param layers in the manifest's order; may name a digest more than once
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are sent as they are
public record OutgoingImage(
        byte[] manifest,
        Descriptor manifestDescriptor,
        byte[] config,
        Descriptor configDescriptor,
        List<BlobSource> layers)
        implements Outgoing {
    public OutgoingImage {
        layers = List.copyOf(layers);
    }

    @Override
    public List<Outgoing> manifests() {
        return List.of(this);
    }

    /** With a descriptor that says more of the manifest: platform, annotations. */
    public OutgoingImage withDescriptor(Descriptor descriptor) {
        return new OutgoingImage(manifest, descriptor, config, configDescriptor, layers);
    }
}
