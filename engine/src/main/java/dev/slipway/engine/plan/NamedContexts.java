package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the place of images and stages of a name. Names are compared as image references, so that
 * {@code alpine}, {@code alpine:latest} and {@code docker.io/library/alpine} are one; a name that is given for the platform
 * comes before one that is given for all. {@code scratch} and {@code context} are never replaced.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#build-context">docker buildx build,
 *     --build-context</a>
 */
public final class NamedContexts {
    /** Nothing is replaced. */
    public static final NamedContexts NONE = new NamedContexts(Map.of());

    private final Map<Name, Target> targets;

    private NamedContexts(Map<Name, Target> targets) {
        this.targets = targets;
    }

    /** @param targets a later one of the same name replaces an earlier one */
    public static NamedContexts of(Map<Name, Target> targets) {
        return new NamedContexts(new LinkedHashMap<>(targets));
    }

    /**
     * What a context is called.
     *
     * @param platform that it is for; absent for all
     */
    public record Name(ImageReference reference, Optional<Platform> platform) {
        private static final String SEPARATOR = "::";

        public Name {
            requireNonNull(reference, "reference is null");
            requireNonNull(platform, "platform is null");
        }

        /**
         * Reads {@code NAME} or {@code NAME::PLATFORM}.
         *
         * @throws IllegalArgumentException saying what is wrong
         */
        public static Name parse(String text) {
            int at = text.indexOf(SEPARATOR);
            String name = at < 0 ? text : text.substring(0, at);
            if (isReserved(name)) {
                throw new IllegalArgumentException("'" + name + "' cannot be replaced");
            }
            return new Name(
                    ImageReference.parse(name),
                    at < 0 ? Optional.empty() : Optional.of(Platform.parse(text.substring(at + SEPARATOR.length()))));
        }
    }

    /** What a name stands for. */
    public sealed interface Target {
        /** The empty tree. */
        record Scratch() implements Target {}

        /**
         * An image.
         *
         * @param layout that it lies in; absent for one of a registry
         */
        record OfImage(ImageReference reference, Optional<Path> layout) implements Target {
            public OfImage {
                requireNonNull(reference, "reference is null");
                requireNonNull(layout, "layout is null");
            }
        }

        /**
         * Files without a configuration.
         *
         * @param key by which the build finds them
         */
        record Files(String key) implements Target {}
    }

    /** What the name stands for; empty where it is what it seems to be. */
    Optional<Target> find(String name, Platform platform) {
        if (targets.isEmpty() || isReserved(name)) {
            return Optional.empty();
        }
        ImageReference reference;
        try {
            reference = ImageReference.parse(name);
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // nothing can have been given for it
        }
        return Optional.ofNullable(targets.get(new Name(reference, Optional.of(platform))))
                .or(() -> Optional.ofNullable(targets.get(new Name(reference, Optional.empty()))));
    }

    private static boolean isReserved(String name) {
        return name.equals("scratch") || name.equals("context");
    }

    /** Where files of a target are taken from. */
    static FileSource source(Target target, Platform platform) {
        return switch (target) {
            case Target.Scratch() -> new FileSource.Scratch();
            case Target.OfImage(ImageReference reference, Optional<Path> layout) ->
                new FileSource.OfImage(new ImageKey(reference, platform, layout));
            case Target.Files(String key) -> new FileSource.OfNamedContext(key);
        };
    }

    /** What a stage that has the target in the place of an image stands on. */
    static Base base(Target target, Platform platform) {
        return switch (target) {
            case Target.Scratch(), Target.Files(String _) -> new Base.Scratch();
            case Target.OfImage(ImageReference reference, Optional<Path> layout) ->
                new Base.OfImage(new ImageKey(reference, platform, layout));
        };
    }
}
