package dev.slipway.engine.solve;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.foundation.event.EventSink;
import java.nio.file.Path;
import java.time.InstantSource;

/** What builds work with that neither need an image nor push one: whoever asks for either fails. */
final class WithoutRegistries {
    private WithoutRegistries() {}

    static BuildEnvironment in(Path home, RemoteAccess remote, EventSink events, InstantSource clock) {
        return new BuildEnvironment(
                home,
                (reference, _) -> {
                    throw new AssertionError("no image is needed, not even " + reference);
                },
                (_, _) -> {
                    throw new AssertionError("nothing is pushed");
                },
                remote,
                events,
                clock);
    }
}
