package dev.slipway.localecr.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a tag that exists may be moved.
 *
 * @param setting the rule of the repository
 * @param exclusions patterns with {@code *}, at most five, for the tags that the rule does not bind
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html">ECR user guide, tag
 *     mutability</a>
 */
public record TagMutability(Setting setting, List<String> exclusions) {
    private static final Pattern FILTER = Pattern.compile("[0-9a-zA-Z._*-]{1,128}");

    /** The four values of {@code imageTagMutability}. */
    public enum Setting {
        MUTABLE,
        IMMUTABLE,
        MUTABLE_WITH_EXCLUSION,
        IMMUTABLE_WITH_EXCLUSION
    }

    public TagMutability {
        requireNonNull(setting, "setting is null");
        exclusions = List.copyOf(exclusions);
    }

    public static TagMutability mutable() {
        return new TagMutability(Setting.MUTABLE, List.of());
    }

    public static TagMutability immutable() {
        return new TagMutability(Setting.IMMUTABLE, List.of());
    }

    /** @throws Refusal if the API would not take the two together */
    public static TagMutability parse(String setting, List<String> filters) {
        Setting parsed;
        try {
            parsed = Setting.valueOf(setting);
        } catch (IllegalArgumentException e) {
            throw Reason.PARAMETER.refuse(Texts.parameter(
                    "imageTagMutability",
                    "Member must satisfy enum value set: [MUTABLE, IMMUTABLE, MUTABLE_WITH_EXCLUSION, "
                            + "IMMUTABLE_WITH_EXCLUSION]"));
        }
        boolean wanted = parsed == Setting.MUTABLE_WITH_EXCLUSION || parsed == Setting.IMMUTABLE_WITH_EXCLUSION;
        boolean valid =
                filters.stream().allMatch(filter -> FILTER.matcher(filter).matches());
        if (wanted == filters.isEmpty() || filters.size() > 5 || !valid) {
            throw Reason.PARAMETER.refuse(Texts.parameter(
                    "imageTagMutabilityExclusionFilters", "1 to 5 filters with an exclusion setting, none without"));
        }
        return new TagMutability(parsed, filters);
    }

    /** Whether the tag, once it exists, stays where it is. */
    public boolean fixes(Tag tag) {
        boolean excluded = exclusions.stream().anyMatch(filter -> matches(filter, tag.value()));
        return switch (setting) {
            case MUTABLE -> false;
            case IMMUTABLE -> true;
            case MUTABLE_WITH_EXCLUSION -> excluded;
            case IMMUTABLE_WITH_EXCLUSION -> !excluded;
        };
    }

    private static boolean matches(String filter, String tag) {
        StringBuilder pattern = new StringBuilder();
        for (String literal : filter.splitWithDelimiters("\\*+", 0)) {
            pattern.append(literal.startsWith("*") ? ".*" : Pattern.quote(literal));
        }
        return Pattern.matches(pattern.toString(), tag);
    }
}
