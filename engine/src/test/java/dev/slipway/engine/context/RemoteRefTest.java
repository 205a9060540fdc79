package dev.slipway.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** git-ls-remote(1), output; gitrevisions(7) for the order of names, but that branches come before tags as for checkout. */
class RemoteRefTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String C = "c".repeat(40);
    private static final String LISTING = String.join(
            "\n",
            "ref: refs/heads/trunk\tHEAD",
            A + "\tHEAD",
            A + "\trefs/heads/trunk",
            B + "\trefs/heads/both",
            C + "\trefs/tags/both",
            B + "\trefs/tags/v1",
            C + "\trefs/tags/v1^{}",
            C + "\trefs/pull/7/head",
            B + "\trefs/other/refs/heads/hidden",
            "warning: something else");

    @ParameterizedTest
    @CsvSource({
        "HEAD, refs/heads/trunk, a, a",
        "trunk, refs/heads/trunk, a, a",
        "refs/heads/trunk, refs/heads/trunk, a, a",
        "both, refs/heads/both, b, b",
        "refs/tags/both, refs/tags/both, c, c",
        "v1, refs/tags/v1, b, c",
        "refs/tags/v1, refs/tags/v1, b, c",
        "pull/7/head, refs/pull/7/head, c, c",
        "refs/pull/7/head, refs/pull/7/head, c, c",
        "heads/trunk, refs/heads/trunk, a, a",
        "tags/v1, refs/tags/v1, b, c"
    })
    void chooses(String ref, String name, String hash, String commit) {
        assertThat(RemoteRef.choose(ref, LISTING)).contains(new RemoteRef(name, hash.repeat(40), commit.repeat(40)));
    }

    @ParameterizedTest
    @CsvSource({"nosuch", "hidden", "refs/heads/hidden", "head", "refs/heads/v1", "refs/tags/trunk", "runk", "7/head"})
    void whatOnlyEndsInTheNameIsNotMeant(String ref) {
        assertThat(RemoteRef.choose(ref, LISTING)).isEmpty();
    }

    @Test
    void aHashMatchesByItsBeginningTheTagsOrTheCommits() {
        RemoteRef tag = new RemoteRef("refs/tags/v1", B, C);
        assertThat(tag.matches("bbb")).isTrue();
        assertThat(tag.matches(C)).isTrue();
        assertThat(tag.matches("cb")).isFalse();
        assertThat(tag.matches("a")).isFalse();
    }

    @Test
    void everyNameThatMayBeMeantIsAskedFor() {
        assertThat(RemoteRef.candidates("v1"))
                .contains("v1", "refs/heads/v1", "refs/tags/v1", "refs/tags/v1^{}", "refs/v1");
    }
}
