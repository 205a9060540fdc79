package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the Dockerfile is to mean.
 *
 * @param target stage to build; the last one where absent
 * @param buildArgs values for ARG
 * @param labels written over what the Dockerfile sets
 * @param platform what the image is for
 * @param sourceDateEpoch what SOURCE_DATE_EPOCH is, unless a build argument says it
 * @param reproducible whether no time of this build gets into the image: files that are newer than SOURCE_DATE_EPOCH, or
 *     1970 where it is not given, get that time
 */
public record Definition(
        Optional<String> target,
        Map<String, String> buildArgs,
        Map<String, String> labels,
        Platform platform,
        Optional<Instant> sourceDateEpoch,
        boolean reproducible) {
    /** The last stage, for this machine's platform. */
    public static final Definition DEFAULT =
            new Definition(Optional.empty(), Map.of(), Map.of(), Platform.host(), Optional.empty(), false);

    public Definition {
        requireNonNull(target, "target is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(sourceDateEpoch, "sourceDateEpoch is null");
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** With another target. */
    public Definition withTarget(Optional<String> other) {
        return new Definition(other, buildArgs, labels, platform, sourceDateEpoch, reproducible);
    }

    /** With other values for ARG. */
    public Definition withBuildArgs(Map<String, String> others) {
        return new Definition(target, others, labels, platform, sourceDateEpoch, reproducible);
    }

    /** With other labels. */
    public Definition withLabels(Map<String, String> others) {
        return new Definition(target, buildArgs, others, platform, sourceDateEpoch, reproducible);
    }

    /** For another platform. */
    public Definition withPlatform(Platform other) {
        return new Definition(target, buildArgs, labels, other, sourceDateEpoch, reproducible);
    }

    /** With another time. */
    public Definition withSourceDateEpoch(Optional<Instant> other) {
        return new Definition(target, buildArgs, labels, platform, other, reproducible);
    }

    /** With or without the times of this build. */
    public Definition withReproducible(boolean other) {
        return new Definition(target, buildArgs, labels, platform, sourceDateEpoch, other);
    }
}
