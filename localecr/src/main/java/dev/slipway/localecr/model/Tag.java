package dev.slipway.localecr.model;

import java.util.regex.Pattern;

/**
 * A tag. ECR's API takes up to 300 characters of any kind, but its registry enforces the grammar of the protocol.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">
 *     distribution-spec, pulling manifests</a>
 */
public record Tag(String value) implements Comparable<Tag> {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    public Tag {
        if (!isTag(value)) {
            throw new IllegalArgumentException("not a tag: " + value);
        }
    }

    public static boolean isTag(String text) {
        return FORM.matcher(text).matches();
    }

    /** @throws Refusal if the tag breaks the grammar, e.g. by a {@code +} */
    public static Tag parse(String text) {
        if (!isTag(text)) {
            throw Reason.TAG_GRAMMAR.refuse(Texts.badTag());
        }
        return new Tag(text);
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
