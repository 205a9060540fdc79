package dev.slipway.step.model;

import java.util.regex.Pattern;

/**
 * An image's tag.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests">
 *     distribution-spec, pulling manifests</a>
 */
public record Tag(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    public Tag {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(reason(text));
        }
    }

    private static String reason(String text) {
        if (text.isEmpty()) {
            return "it is empty";
        }
        String rewritten = text.replace('+', '_');
        if (text.indexOf('+') >= 0 && FORM.matcher(rewritten).matches()) {
            return "no registry takes '+' in a tag: write the build metadata of a version as " + rewritten;
        }
        if (text.indexOf('/') >= 0 || text.indexOf(':') >= 0) {
            return "a tag is what follows the ':' of an image's name; the repository is given by imageName";
        }
        if (text.indexOf(',') >= 0) {
            return "each tag is an entry of its own";
        }
        return "a tag has 1 to 128 letters, digits, '_', '.' and '-', and does not begin with '.' or '-'";
    }

    @Override
    public String toString() {
        return text;
    }
}
