package dev.slipway.image.transfer;

import dev.slipway.image.reference.ImageReference;
import java.util.List;

/** Where images go. Thread-safe. Idempotent: what is already there is not sent again. */
public interface ImageTarget {
    /**
     * Sends blobs, then the manifest under every tag of {@code names}; of an index, the manifests that it names go before
     * it, by digest. All names are in one repository. A manifest is sent only after every blob is there.
     *
     * @throws dev.slipway.foundation.error.NotAllowedException if credentials are missing or refused
     * @throws dev.slipway.foundation.error.ServiceException if the target fails or refuses
     */
    PushReceipt push(Outgoing image, List<ImageReference> names);
}
