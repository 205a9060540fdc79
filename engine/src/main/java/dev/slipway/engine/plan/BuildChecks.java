package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.lint.BaseImage;
import dev.slipway.dockerfile.lint.LintContext;
import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.lint.Linter;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the checks of a Dockerfile with what a build knows. Pure.
 *
 * @param ignored what {@code .dockerignore} leaves out of the context
 * @param images what is known about base images; of the others the checks claim nothing
 */
public record BuildChecks(
        Map<String, String> buildArgs,
        Optional<String> target,
        Platform platform,
        IgnoreMatcher ignored,
        Images images) {
    public BuildChecks {
        buildArgs = new LinkedHashMap<>(buildArgs);
        requireNonNull(target, "target is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(ignored, "ignored is null");
        requireNonNull(images, "images is null");
    }

    /** Checks the stages that the target needs. */
    public LintReport ofBuild(String file, byte[] text) {
        return Linter.lint(file, text, context(false));
    }

    /** Checks every stage, unless there is a target. */
    public LintReport ofFile(String file, byte[] text) {
        return Linter.lint(file, text, context(true));
    }

    private LintContext context(boolean everyStage) {
        Map<String, String> automatic = new LinkedHashMap<>();
        automatic(automatic, "BUILD", Platform.host());
        automatic(automatic, "TARGET", platform);
        return new LintContext(
                buildArgs, automatic, target, everyStage, ignored, BuildChecks::isImageName, this::baseImage);
    }

    private static void automatic(Map<String, String> values, String prefix, Platform platform) {
        values.put(prefix + "PLATFORM", platform.toString());
        values.put(prefix + "OS", platform.os());
        values.put(prefix + "OSVERSION", platform.osVersion());
        values.put(prefix + "ARCH", platform.architecture());
        values.put(prefix + "VARIANT", platform.variant());
    }

    private static boolean isImageName(String text) {
        try {
            ImageReference.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private Optional<BaseImage> baseImage(String name, String platformText) {
        try {
            Platform wanted = platformText.equals(platform.toString()) ? platform : Platform.parse(platformText);
            return images.find(new ImageKey(ImageReference.parse(name), wanted)).map(BuildChecks::baseImage);
        } catch (IllegalArgumentException _) {
            // A fault of the file, which the plan of the build tells.
            return Optional.empty();
        }
    }

    private static BaseImage baseImage(ImageConfig image) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : image.config().env()) {
            String[] parts = line.split("=", 2);
            environment.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return new BaseImage(
                image.platform().toString(),
                environment,
                image.config().shell().orElse(List.of()),
                image.config().onBuild());
    }

    /** Where the configuration of an image is found. */
    @FunctionalInterface
    public interface Images {
        Optional<ImageConfig> find(ImageKey key);

        static Images of(Map<ImageKey, ImageConfig> known) {
            Map<ImageKey, ImageConfig> copy = Map.copyOf(known);
            return key -> Optional.ofNullable(copy.get(key));
        }
    }
}
