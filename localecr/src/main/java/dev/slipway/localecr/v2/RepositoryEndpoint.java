package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import java.io.IOException;

/** One endpoint of the registry protocol below a repository. Thread-safe. */
@FunctionalInterface
interface RepositoryEndpoint {
    /** @throws dev.slipway.localecr.model.Refusal for everything that becomes an error of the protocol */
    Answer handle(RepositoryCall call) throws IOException;
}
