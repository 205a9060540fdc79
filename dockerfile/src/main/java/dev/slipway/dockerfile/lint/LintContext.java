package dev.slipway.dockerfile.lint;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the checks ask about and the file does not say.
 *
 * @param buildArgs values for ARG; {@code BUILDKIT_DOCKERFILE_CHECK} among them replaces the file's {@code # check=}
 * @param automaticArgs what every Dockerfile knows before its first line, {@code TARGETPLATFORM} and its like
 * @param target the stage to build; the last one where absent
 * @param everyStage whether without a target all stages are checked, also those that the last one does not need
 * @param ignored what {@code .dockerignore} leaves out of the context
 * @param isImageName whether a text can be the name of an image
 * @param images what is known about base images
 */
public record LintContext(
        Map<String, String> buildArgs,
        Map<String, String> automaticArgs,
        Optional<String> target,
        boolean everyStage,
        IgnoreMatcher ignored,
        Predicate<String> isImageName,
        BaseImage.Lookup images) {
    public LintContext {
        buildArgs = new LinkedHashMap<>(buildArgs);
        automaticArgs = new LinkedHashMap<>(automaticArgs);
        requireNonNull(target, "target is null");
        requireNonNull(ignored, "ignored is null");
        requireNonNull(isImageName, "isImageName is null");
        requireNonNull(images, "images is null");
    }

    @Override
    public Map<String, String> buildArgs() {
        return new LinkedHashMap<>(buildArgs);
    }

    @Override
    public Map<String, String> automaticArgs() {
        return new LinkedHashMap<>(automaticArgs);
    }
}
