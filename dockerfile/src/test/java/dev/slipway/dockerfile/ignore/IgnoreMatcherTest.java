package dev.slipway.dockerfile.ignore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Docker build context, .dockerignore files; Go, filepath.Match. */
class IgnoreMatcherTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            file          | file           | true
            file          | other          | false
            file          | dir/file       | false
            dir           | dir/below/file | true
            dir/          | dir/file       | true
            /dir          | dir/file       | true
            ./dir//x/../y | dir/y          | true
            ../file       | file           | false
            /             | file           | false
            .             | file           | false
            *             | file           | true
            *             | dir/file       | true
            *.txt         | a.txt          | true
            *.txt         | dir/a.txt      | false
            */*.txt       | dir/a.txt      | true
            a*c           | abbc           | true
            a*c           | ab/c           | false
            a?c           | abc            | true
            a?c           | a/c            | false
            a?c           | a한c           | true
            ?             | ab             | false
            **            | any/thing      | true
            **/file       | file           | true
            **/file       | a/file         | true
            **/file       | a/b/file       | true
            **/file       | afile          | false
            **/*.txt      | a.txt          | true
            **/*.txt      | a/b/c.txt      | true
            **/dir/x      | dir/x          | true
            **/dir/x      | a/dir/x        | true
            **/dir/x      | adir/x         | false
            dir/**        | dir            | false
            dir/**        | dir/file       | true
            dir/**        | dir/a/b        | true
            dir/**        | dirt/file      | false
            dir**         | dirt           | true
            dir/**/x      | dir/x          | true
            dir/**/x      | dir/a/b/x      | true
            dir/**/x      | dir/ax         | false
            d?r/**        | dir/a/b        | true
            d?r/**        | dir            | false
            **file        | afile          | true
            **/a/**/b     | x/a/y/z/b      | true
            **/a/**/b     | a/b            | true
            **/a/**/b     | ab             | false
            **/**/x       | a/x            | true
            a/**/**/b     | a/b            | true
            **/*          | file           | true
            *.go          | .go            | true
            [a-c]x        | bx             | true
            [a-c]x        | dx             | false
            [^a-c]x       | dx             | true
            [^a-c]x       | ax             | false
            [abc]         | b              | true
            [\\]a]        | ]              | true
            [a\\-c]       | -              | true
            [*]           | *              | true
            [!a]          | !              | true
            [!a]          | b              | false
            a]            | a]             | true
            \\*           | *              | true
            \\*           | a              | false
            a\\b          | ab             | true
            a.b           | axb            | false
            a+(b)         | a+(b)          | true
            $x^           | $x^            | true
            """)
    void matchesWholePathsAndWhatIsBelow(String pattern, String path, boolean ignored) {
        assertThat(IgnoreMatcher.ofPatterns(List.of(pattern)).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void theLastMatchWins() {
        IgnoreMatcher matcher = matcher("*.md\n!README*.md\nREADME-secret.md\n");
        assertThat(matcher.ignores("CHANGES.md")).isTrue();
        assertThat(matcher.ignores("README.md")).isFalse();
        assertThat(matcher.ignores("README-secret.md")).isTrue();
        assertThat(matcher("!README.md\n*.md").ignores("README.md")).isTrue();
    }

    @Test
    void anExceptionTakesInWhatLiesBelowAnIgnoredDirectory() {
        IgnoreMatcher matcher = matcher("a\n!a/b\na/b/c");
        assertThat(matcher.ignores("a")).isTrue();
        assertThat(matcher.ignores("a/x")).isTrue();
        assertThat(matcher.ignores("a/b")).isFalse();
        assertThat(matcher.ignores("a/b/x/y")).isFalse();
        assertThat(matcher.ignores("a/b/c/x")).isTrue();
    }

    @Test
    void everythingButOneDirectory() {
        IgnoreMatcher matcher = matcher("*\n!src\n!pom.xml\n**/target\n");
        assertThat(matcher.ignores("src/main/A.java")).isFalse();
        assertThat(matcher.ignores("pom.xml")).isFalse();
        assertThat(matcher.ignores("sub/pom.xml")).isTrue();
        assertThat(matcher.ignores("src/target/A.class")).isTrue();
    }

    @Test
    void readsTheFileAsDockerDoes() {
        IgnoreMatcher matcher = matcher(
                "\uFEFF# comment\r\nfirst\r\n\n  second  \n # not a comment\n! third\n/fourth/\n!/fifth\n/\nno/./x/..\n");
        assertThat(matcher.patterns())
                .containsExactly("first", "second", "# not a comment", "!third", "fourth", "!fifth", "/", "no");
        assertThat(matcher.hasExceptions()).isTrue();
        assertThat(matcher("a\nb").hasExceptions()).isFalse();
    }

    @Test
    void anEmptyFileIgnoresNothing() {
        assertThat(matcher("").ignores("a")).isFalse();
        assertThat(IgnoreMatcher.NOTHING.ignores("a/b")).isFalse();
        assertThat(IgnoreMatcher.NOTHING.mayReinclude("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "[a", "[]", "[]a]", "[^]", "[a-", "[-a]", "[a-]", "[z-a]", "a\\", "[\\", "dir/[", "!", "! "
            })
    void refusesMalformedPatterns(String pattern) {
        assertThatThrownBy(() -> matcher("fine\n" + pattern))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(".dockerignore:2: pattern");
    }

    @Test
    void reportsAllFaults() {
        assertThatThrownBy(() -> matcher("[\nok\n!\n"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.where())
                                .containsExactly(".dockerignore:1", ".dockerignore:3"));
    }

    @Test
    void aWalkNeedNotEnterWhatNoExceptionReaches() {
        IgnoreMatcher matcher = matcher("*\n!src/main/**\n!docs/*.md\n");
        assertThat(matcher.mayReinclude("src")).isTrue();
        assertThat(matcher.mayReinclude("src/main/java")).isTrue();
        assertThat(matcher.mayReinclude("src/test")).isFalse();
        assertThat(matcher.mayReinclude("docs")).isTrue();
        assertThat(matcher.mayReinclude("docs/old")).isFalse();
        assertThat(matcher.mayReinclude("node_modules")).isFalse();
        assertThat(matcher("*\n!**/keep").mayReinclude("node_modules/deep")).isTrue();
        assertThat(matcher("*\n!a*/b").mayReinclude("abc")).isTrue();
        assertThat(matcher("*\n!a*/b").mayReinclude("bc")).isFalse();
        assertThat(matcher("*").mayReinclude("a")).isFalse();
    }

    @Test
    void hostilePatternsTakeLittleTime() {
        String path = "a".repeat(4000);
        IgnoreMatcher matcher = matcher("*a".repeat(200) + "b\n" + "**/".repeat(200) + "b\n");
        Assertions.assertTimeout(
                Duration.ofSeconds(10), () -> assertThat(matcher.ignores(path)).isFalse());
    }

    private static IgnoreMatcher matcher(String text) {
        return IgnoreMatcher.parse(".dockerignore", text.getBytes(UTF_8));
    }
}
