package dev.slipway.engine.plan;

import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.Place;
import dev.slipway.image.model.Platform;
import java.util.Map;

/**
 * A stage with its references resolved.
 *
 * @param sources where the COPY {@code --from} at each place takes its files
 */
public record StageNode(Stage stage, Base base, Platform platform, Map<Place, FileSource> sources) {
    public StageNode {
        sources = Map.copyOf(sources);
    }

    /** The stage's name, else {@code stage-<index>}. */
    public String label() {
        return stage.label();
    }
}
