package dev.slipway.engine;

import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.ImageTarget;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a builder works with; the command line wires it.
 *
 * @param home the state directory: content store, unpacked trees, running builds
 * @param sources where base images come from
 * @param target where images go
 * @param remote how URLs and repositories are reached
 */
public record BuildEnvironment(
        Path home,
        ImageSource sources,
        ImageTarget target,
        RemoteAccess remote,
        EventSink events,
        InstantSource clock) {}
