package dev.slipway.engine.check;

import dev.slipway.engine.plan.ImageKey;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.transfer.ImageSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for each image once, and goes on without those that cannot be had. Confined to one thread. */
final class KnownImages {
    private final Optional<ImageSource> source;
    private final EventSink events;
    private final Map<ImageKey, Optional<ImageConfig>> asked = new HashMap<>();

    KnownImages(Optional<ImageSource> source, EventSink events) {
        this.source = source;
        this.events = events;
    }

    Optional<ImageConfig> find(ImageKey key) {
        Optional<ImageConfig> known = asked.get(key);
        if (known == null) {
            known = source.flatMap(from -> ask(from, key));
            asked.put(key, known);
        }
        return known;
    }

    private Optional<ImageConfig> ask(ImageSource from, ImageKey key) {
        try {
            return Optional.of(from.resolve(key.reference(), key.platform()).config());
        } catch (CancelledException e) {
            throw e;
        } catch (SlipwayException e) {
            events.accept(new Event.Note("nothing is known about " + key.reference()
                    + ", so checks that ask for its variables, shell or platform pass over it: "
                    + e.problems().getFirst()));
            return Optional.empty();
        }
    }
}
