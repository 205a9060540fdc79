package dev.slipway.localecr.model;

import java.util.regex.Pattern;

/**
 * The name of a repository within its registry, e.g. {@code team/app}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html">CreateRepository,
 *     repositoryName</a>
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    private static final String SEGMENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+";
    private static final Pattern FORM = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*+");

    public RepositoryName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not a repository name: " + value);
        }
    }

    public static boolean isName(String text) {
        return text.length() >= 2 && text.length() <= 256 && FORM.matcher(text).matches();
    }

    /** @throws Refusal with ECR's text if the name breaks the grammar */
    public static RepositoryName parse(String text) {
        if (!isName(text)) {
            throw Reason.REPOSITORY_NAME.refuse(Texts.badRepositoryName());
        }
        return new RepositoryName(text);
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
