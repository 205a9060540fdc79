package dev.slipway.engine;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a build made.
 *
 * @param digest of the image's manifest
 * @param image what was or can be sent; its layers stay readable as long as the store has them
 * @param layers base first, in the manifest's order
 * @param names under which the image was pushed, empty where it was not
 * @param push what the push did, absent where there was none
 */
public record BuildReport(
        Digest digest,
        ImageConfig config,
        OutgoingImage image,
        List<LayerReport> layers,
        List<ImageReference> names,
        Optional<PushReceipt> push,
        Duration took) {
    public BuildReport {
        requireNonNull(digest, "digest is null");
        requireNonNull(config, "config is null");
        requireNonNull(push, "push is null");
        layers = List.copyOf(layers);
        names = List.copyOf(names);
    }

    /**
     * One layer.
     *
     * @param blob digest of the compressed layer
     * @param sizeBytes of the compressed layer
     * @param createdBy the instruction, as the history has it; empty where a base image does not say
     * @param fromBase whether it came with a base image
     */
    public record LayerReport(Digest blob, Digest diffId, long sizeBytes, String createdBy, boolean fromBase) {}
}
