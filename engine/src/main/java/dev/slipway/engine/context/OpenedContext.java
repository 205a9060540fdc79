package dev.slipway.engine.context;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A context that can be copied from.
 *
 * @param time of the commit, or what a server or an archive says; a directory of this machine has none
 */
record OpenedContext(LocalContext files, Optional<Instant> time) {
    OpenedContext {
        requireNonNull(files, "files is null");
        requireNonNull(time, "time is null");
    }
}
