package dev.slipway.engine.solve;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.Mounts;
import dev.slipway.image.store.StoreErrors;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The room that base images will take of the store's disk, as far as their manifests tell.
 *
 * @param download compressed bytes of the layers that have to be fetched: that much is certain
 * @param unpack an estimate of the bytes that layers take which have to be unpacked
 */
record PullNeeds(long download, long unpack) {
    /** Layers of programs and libraries shrink to a third of their size, hardly any to less than a quarter. */
    private static final int USUAL_GROWTH = 3;

    static final PullNeeds NONE = new PullNeeds(0, 0);

    /** A layer that is not unpacked yet. */
    PullNeeds plusLayer(long compressedBytes, boolean isInStore) {
        return new PullNeeds(
                download + (isInStore ? 0 : compressedBytes),
                unpack + Math.multiplyExact(USUAL_GROWTH, compressedBytes));
    }

    long total() {
        return download + unpack;
    }

    /**
     * Compares with what is free.
     *
     * @param store where the disk is
     * @return a warning if the estimate says that the room will not do
     * @throws MachineException if the room certainly will not do
     */
    Optional<Problem> check(Path store, Mounts.Space space) {
        if (total() <= space.available()) {
            return Optional.empty();
        }
        Problem problem = new Problem(
                store.toString(),
                "the base images may not fit on the disk",
                "about " + total() + " bytes are needed, " + download + " of them to download; " + space.available()
                        + " are free",
                StoreErrors.REMEDY);
        if (download > space.available()) {
            throw new MachineException(new Problem(
                    problem.where(), "the base images do not fit on the disk", problem.why(), problem.remedy()));
        }
        return Optional.of(problem);
    }
}
