package dev.slipway.engine;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One image to build. Checks itself only as far as no file is needed; paths are absolute.
 *
 * @param context directory that COPY and ADD read
 * @param dockerfile the Dockerfile, anywhere
 * @param dockerfileName the Dockerfile as the user named it, for messages
 * @param target stage to build; the last one where absent
 * @param buildArgs values for ARG
 * @param labels written over what the Dockerfile sets
 * @param platform what the image is for
 * @param names under which the image is pushed or recorded; all in one repository; may be empty
 * @param push whether the image is sent to the registry of {@code names}
 * @param extraHosts lines for {@code /etc/hosts} of RUN, {@code host -> address}
 * @param sourceDateEpoch the time that the image's own times are clamped to
 */
public record BuildRequest(
        Path context,
        Path dockerfile,
        String dockerfileName,
        Optional<String> target,
        Map<String, String> buildArgs,
        Map<String, String> labels,
        Platform platform,
        List<ImageReference> names,
        boolean push,
        Map<String, String> extraHosts,
        Optional<Instant> sourceDateEpoch,
        ManifestFormat format) {
    public BuildRequest {
        requireNonNull(dockerfileName, "dockerfileName is null");
        requireNonNull(target, "target is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(sourceDateEpoch, "sourceDateEpoch is null");
        requireNonNull(format, "format is null");
        if (!context.isAbsolute() || !dockerfile.isAbsolute()) {
            throw new IllegalArgumentException("paths of a build request are absolute");
        }
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        names = List.copyOf(names);
        extraHosts = Collections.unmodifiableMap(new LinkedHashMap<>(extraHosts));
        if (push && names.isEmpty()) {
            throw new IllegalArgumentException("a push needs a name");
        }
        if (names.stream().map(ImageReference::repositoryName).distinct().count() > 1) {
            throw new IllegalArgumentException("all names of one push are in one repository");
        }
    }

    /** The manifest's media types. */
    public enum ManifestFormat {
        /** Docker image manifest version 2, schema 2: every field of the config survives in every client. */
        DOCKER,
        OCI
    }
}
