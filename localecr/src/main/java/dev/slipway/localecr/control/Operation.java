package dev.slipway.localecr.control;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** One operation of the API. Thread-safe. */
interface Operation {
    /** As it stands in {@code X-Amz-Target} after the dot. */
    String name();

    /** @throws dev.slipway.localecr.model.Refusal for everything that becomes an error of the API */
    ObjectNode run(Input input) throws IOException;
}
