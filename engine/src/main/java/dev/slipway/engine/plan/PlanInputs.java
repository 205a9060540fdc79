package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a build is asked for besides the Dockerfile.
 *
 * @param target stage to build; the last one where absent
 * @param platform what the image is for
 * @param sourceDateEpoch what SOURCE_DATE_EPOCH is, unless a build argument says it
 * @param contexts what replaces images and stages
 * @param times of what SOURCE_DATE_EPOCH may name
 * @param grants what commands are given
 */
public record PlanInputs(
        Map<String, String> buildArgs,
        Optional<String> target,
        Platform platform,
        Optional<Instant> sourceDateEpoch,
        NamedContexts contexts,
        SourceTimes times,
        Grants grants) {
    public PlanInputs {
        requireNonNull(target, "target is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(sourceDateEpoch, "sourceDateEpoch is null");
        requireNonNull(contexts, "contexts is null");
        requireNonNull(times, "times is null");
        requireNonNull(grants, "grants is null");
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    }

    /** Without named contexts, from sources that have no time, for commands that are given nothing. */
    public PlanInputs(
            Map<String, String> buildArgs,
            Optional<String> target,
            Platform platform,
            Optional<Instant> sourceDateEpoch) {
        this(buildArgs, target, platform, sourceDateEpoch, NamedContexts.NONE, SourceTimes.NONE, Grants.NONE);
    }

    /** For commands that are given this. */
    public PlanInputs withGrants(Grants others) {
        return new PlanInputs(buildArgs, target, platform, sourceDateEpoch, contexts, times, others);
    }
}
