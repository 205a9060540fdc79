package dev.slipway.dockerfile.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dockerfile reference, ADD --checksum and ADD --keep-git-dir. */
class AddedSourcesTest {
    private static final String URL = "https://e.com/x";
    private static final String GIT = "https://e.com/r.git";
    private static final String HEX = "0123456789abcdef".repeat(4);

    private static List<SourceReference> read(String checksum, String... sources) {
        return AddedSources.read(List.of(sources), Optional.of(checksum), Optional.empty());
    }

    private static List<SourceReference> keep(boolean keep, String... sources) {
        return AddedSources.read(List.of(sources), Optional.empty(), Optional.of(keep));
    }

    @ParameterizedTest
    @CsvSource({"sha256, 4", "sha384, 6", "sha512, 8"})
    void aUrlMayHaveADigestOfEachAlgorithm(String algorithm, int times) {
        String digest = algorithm + ":" + "0123456789abcdef".repeat(times);
        assertThat(read(digest, URL).getFirst())
                .isInstanceOfSatisfying(
                        HttpSource.class,
                        http -> assertThat(http.digest().orElseThrow()).hasToString(digest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "ABCDEF", "0123456789abcdef0123456789abcdef01234567"})
    void aRepositoryMayHaveTheBeginningOfACommit(String hash) {
        assertThat(read(hash, GIT + "#v1").getFirst())
                .isInstanceOfSatisfying(
                        GitReference.class, git -> assertThat(git.commit()).contains(hash.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foobar                 | is no digest
            sha256                 | is no digest
            sha256:                | 64 lower-case hex digits
            sha256:abc             | 64 lower-case hex digits
            sha384:abc             | 96 lower-case hex digits
            sha512:abc             | 128 lower-case hex digits
            sha265:abc             | did you mean sha256?
            SHA256:abc             | did you mean sha256?
            md5:d41d8cd98f00b204e9800998ecf8427e | unknown algorithm 'md5'
            """)
    void aDigestThatIsNoneIsRefused(String checksum, String why) {
        assertThatThrownBy(() -> read(checksum, URL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void digitsOfADigestAreInLowerCase() {
        assertThatThrownBy(() -> read("sha256:" + HEX.replace('a', 'A'), URL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no sha256 digest");
    }

    @Test
    void aChecksumBelongsToOneRemoteSource() {
        String digest = "sha256:" + HEX;
        assertThatThrownBy(() -> read(digest, URL, URL)).hasMessageContaining("needs one source, and there are 2");
        assertThatThrownBy(() -> read(digest, URL, "local")).hasMessageContaining("there are 2");
        assertThatThrownBy(() -> read(digest)).hasMessageContaining("there are 0");
        assertThatThrownBy(() -> read(digest, "local")).hasMessageContaining("'local' is not");
        assertThatThrownBy(() -> read(digest, GIT)).hasMessageContaining("is no commit hash");
        assertThatThrownBy(() -> read("sha1:abc", GIT)).hasMessageContaining("is no commit hash");
        assertThat(read("", URL, "local", GIT)).hasSize(3);
    }

    @Test
    void theFlagHoldsTheDefaultBranchToACommitWhereTheQueryNamesOne() {
        assertThat(read("abc", GIT).getFirst())
                .isInstanceOfSatisfying(
                        GitReference.class, git -> assertThat(git.ref()).contains("HEAD"));
        assertThat(read("abc", GIT + "?commit=abc").getFirst())
                .isInstanceOfSatisfying(
                        GitReference.class, git -> assertThat(git.ref()).isEmpty());
    }

    @Test
    void aCommitThatIsSaidTwiceIsTheSame() {
        assertThat(read("abc", GIT + "?commit=abc")).hasSize(1);
        assertThatThrownBy(() -> read("abc", GIT + "?commit=abcd")).hasMessageContaining("--checksum says abc");
    }

    @Test
    void theCommitToFetchMayStandInTheFlag() {
        String hash = HEX.substring(0, 40);
        assertThat(read(hash, GIT + "?fetch-by-commit").getFirst())
                .isInstanceOfSatisfying(
                        GitReference.class, git -> assertThat(git.commit()).contains(hash));
        assertThatThrownBy(() -> read("abc", GIT + "?fetch-by-commit")).hasMessageContaining("whole hash");
        assertThatThrownBy(() -> read("", GIT + "?fetch-by-commit")).hasMessageContaining("without a commit");
    }

    @Test
    void theFlagAndTheQueryAgreeOnTheGitDirectory() {
        assertThat(keep(true, GIT, "local", URL).getFirst())
                .isInstanceOfSatisfying(
                        GitReference.class, git -> assertThat(git.keepGitDir()).contains(true));
        assertThat(keep(true, GIT + "?keep-git-dir")).hasSize(1);
        assertThat(keep(false, GIT + "?keep-git-dir=0")).hasSize(1);
        assertThatThrownBy(() -> keep(false, GIT + "?keep-git-dir")).hasMessageContaining("say it once");
        assertThatThrownBy(() -> keep(true, GIT + "?keep-git-dir=false")).hasMessageContaining("say it once");
    }

    @Test
    void everyFaultIsTold() {
        assertThatThrownBy(() -> read("sha256:x", "https:///x", GIT + "?a=b&c=d"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(4));
    }
}
