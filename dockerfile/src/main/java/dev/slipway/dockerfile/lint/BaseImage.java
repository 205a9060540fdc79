package dev.slipway.dockerfile.lint;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the checks need to know of an image that a stage stands on.
 *
 * @param platform e.g. {@code linux/amd64}
 * @param shell empty where the image names none
 * @param triggers its ONBUILD instructions
 */
public record BaseImage(String platform, Map<String, String> environment, List<String> shell, List<String> triggers) {
    public BaseImage {
        requireNonNull(platform, "platform is null");
        environment = new LinkedHashMap<>(environment);
        shell = List.copyOf(shell);
        triggers = List.copyOf(triggers);
    }

    @Override
    public Map<String, String> environment() {
        return new LinkedHashMap<>(environment);
    }

    /** Where the checks learn about images. */
    @FunctionalInterface
    public interface Lookup {
        /** Knows no image. */
        Lookup NONE = (_, _) -> Optional.empty();

        /**
         * The image of that name, as FROM has it, for that platform; absent where nothing is known about it.
         *
         * @param platform e.g. {@code linux/arm64}
         */
        Optional<BaseImage> find(String name, String platform);
    }
}
