package dev.slipway.step.model;

import java.util.regex.Pattern;

/**
 * The name of a private ECR repository, e.g. {@code team/api}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html">ECR API,
 *     CreateRepository</a>
 */
public record RepositoryName(String text) {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 255; // ECR takes 256, references to images hold 255
    private static final String PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*+";
    private static final Pattern FORM = Pattern.compile(PART + "(?:/" + PART + ")*+");

    public RepositoryName {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw new IllegalArgumentException("a repository name has 2 to 255 characters, this has " + text.length());
        }
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(reason(text));
        }
    }

    private static String reason(String text) {
        int slash = text.indexOf('/');
        if (slash > 0 && text.substring(0, slash).matches("[^/]*[.:][^/]*") && text.contains("amazonaws")) {
            return "it is the repository's name only: account and region give the registry, write "
                    + text.substring(slash + 1).replaceFirst("[:@].*", "");
        }
        if (text.indexOf(':') > 0) {
            return "a repository name holds no tag: write " + text.substring(0, text.indexOf(':'))
                    + " and put the tag under tags";
        }
        if (text.chars().anyMatch(Character::isUpperCase)) {
            return "a repository name is lower case";
        }
        return "a repository name is made of lower case letters and digits, parted by '.', '_', '__', dashes or '/'";
    }

    @Override
    public String toString() {
        return text;
    }
}
