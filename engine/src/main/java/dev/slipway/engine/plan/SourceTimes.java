package dev.slipway.engine.plan;

import dev.slipway.dockerfile.source.SourceReference;
import java.time.Instant;
import java.util.Optional;

/**
 * The times that SOURCE_DATE_EPOCH may name: of a commit, or what a server says of a file. A directory of this machine has
 * none. Asking may fetch, and is done only where a build would be right so far.
 */
public interface SourceTimes {
    /** Nothing has a time. */
    SourceTimes NONE = new SourceTimes() {
        @Override
        public Optional<Instant> ofContext() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> ofNamedContext(String key) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> of(SourceReference reference) {
            return Optional.empty();
        }
    };

    /** Of the build context. */
    Optional<Instant> ofContext();

    /** Of the named context of that key. */
    Optional<Instant> ofNamedContext(String key);

    /**
     * Of what ADD fetches.
     *
     * @return empty where nobody is asked
     * @throws dev.slipway.foundation.error.InvalidInputException if it has none
     */
    Optional<Instant> of(SourceReference reference);
}
