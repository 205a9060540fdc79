package dev.slipway.engine.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.source.Credentials;
import dev.slipway.engine.plan.NamedContexts.Name;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Digest;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;

/**
 * Something that takes the place of images and stages of its name.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#build-context">docker buildx build,
 *     --build-context</a>
 */
public record NamedContext(Name name, Value value) {
    private static final String IMAGE = "docker-image://";
    private static final String LAYOUT = "oci-layout://";

    public NamedContext {
        requireNonNull(name, "name is null");
        requireNonNull(value, "value is null");
    }

    /** What it is. */
    public sealed interface Value {
        /** Files. */
        record Files(BuildContext context) implements Value {}

        /** The empty tree. */
        record Scratch() implements Value {}

        /** An image of a registry. */
        record Image(ImageReference reference) implements Value {}

        /**
         * An image of an OCI layout.
         *
         * @param reference the context's name with the tag or the digest to look for
         */
        record Layout(Path path, ImageReference reference) implements Value {}
    }

    /**
     * Reads {@code NAME=VALUE}.
     *
     * @param words reads values that are files
     * @throws InvalidInputException without a place, if it is none
     */
    public static NamedContext parse(String text, ContextWord words) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw refused(text, "a named context is NAME=VALUE", "e.g. base=docker-image://alpine:3.20");
        }
        Name name;
        try {
            name = Name.parse(text.substring(0, equals));
        } catch (IllegalArgumentException e) {
            throw refused(text.substring(0, equals), String.valueOf(e.getMessage()), "");
        }
        return new NamedContext(name, value(name, text.substring(equals + 1), words));
    }

    private static Value value(Name name, String text, ContextWord words) {
        if (text.equals("-")) {
            throw refused(text, "a named context is not read from standard input", "");
        }
        if (text.startsWith("target:") || text.startsWith("input:")) {
            throw refused(text, "only files of docker buildx bake know such a context", "build it, and name the image");
        }
        if (text.startsWith(IMAGE)) {
            return image(text.substring(IMAGE.length()));
        }
        if (text.startsWith(LAYOUT)) {
            return layout(name, text.substring(LAYOUT.length()), words);
        }
        return new Value.Files(words.read(text));
    }

    private static Value image(String text) {
        if (text.equals("scratch")) {
            return new Value.Scratch();
        }
        try {
            return new Value.Image(ImageReference.parse(text));
        } catch (IllegalArgumentException e) {
            throw refused(IMAGE + text, String.valueOf(e.getMessage()), "");
        }
    }

    /** The path ends at the first {@code @}, else at the last colon behind the last slash. */
    private static Value layout(Name name, String text, ContextWord words) {
        try {
            int at = text.indexOf('@');
            if (at >= 0) {
                String path = text.substring(0, at);
                int tag = path.indexOf(':', path.lastIndexOf('/') + 1);
                return new Value.Layout(
                        words.path(tag < 0 ? path : path.substring(0, tag)),
                        name.reference().withDigest(Digest.parse(text.substring(at + 1))));
            }
            int colon = text.indexOf(':', text.lastIndexOf('/') + 1);
            return new Value.Layout(
                    words.path(colon < 0 ? text : text.substring(0, colon)),
                    name.reference().withTag(colon < 0 ? "latest" : text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw refused(LAYOUT + text, String.valueOf(e.getMessage()), "");
        }
    }

    private static InvalidInputException refused(String text, String why, String remedy) {
        return new InvalidInputException(
                new Problem("", "the named context '" + Credentials.redact(text) + "'", why, remedy));
    }
}
