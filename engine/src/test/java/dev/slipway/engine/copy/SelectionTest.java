package dev.slipway.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What patterns leave of a tree, asked in the order of a walk and in any other. */
class SelectionTest {
    @Test
    void aDirectoryThatIsLeftOutIsWorthEnteringOnlyWhereSomethingBelowIsTakenBack() {
        Selection selection = of("a", "b", "!b/keep");
        assertThat(selection.includes("a")).isFalse();
        assertThat(selection.mayIncludeBelow("a")).isFalse();
        assertThat(selection.includes("b")).isFalse();
        assertThat(selection.mayIncludeBelow("b")).isTrue();
        assertThat(selection.includes("b/keep/f")).isTrue();
        assertThat(selection.includes("b/other")).isFalse();
    }

    @Test
    void theKeptPathsOfParentsAreNamesAndWhatIsBelowThem() {
        Selection selection = new IgnoreSelection(IgnoreSelection.allBut("src/**/*.c"));
        assertThat(selection.includes("src/a.c")).isTrue();
        assertThat(selection.includes("src/x/y/a.c")).isTrue();
        assertThat(selection.includes("src/x")).isFalse();
        assertThat(selection.mayIncludeBelow("src/x")).isTrue();
        assertThat(selection.mayIncludeBelow("other")).isFalse();
        Selection directory = new IgnoreSelection(IgnoreSelection.allBut("x/sub"));
        assertThat(directory.includes("x/sub/deep/f")).isTrue();
        assertThat(directory.includes("x/subway")).isFalse();
    }

    @Test
    void anEmptyKeptPathIsNothing() {
        assertThat(new IgnoreSelection(IgnoreSelection.allBut("")).includes("a"))
                .isFalse();
    }

    @Test
    void aNarrowedSelectionIsWhatAllOfItsPartsInclude() {
        Selection narrowed = new NarrowedSelection(of("ctx/dir/secret"), "ctx/dir/", List.of(of("*.txt")));
        assertThat(narrowed.includes("secret")).isFalse();
        assertThat(narrowed.includes("a.txt")).isFalse();
        assertThat(narrowed.includes("sub/a.txt")).isTrue();
        assertThat(narrowed.includes("ctx/dir/secret")).isTrue();
    }

    /** The verdicts that are remembered on the way make no difference. */
    @Test
    void theOrderOfQuestionsDoesNotMatter() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> paths = new ArrayList<>();
        List<String> names = List.of("a", "ab", "b", "a.c");
        for (int i = 0; i < 500 * Integer.getInteger("slipway.cases", 1); i++) {
            StringBuilder path = new StringBuilder(names.get(random.nextInt(names.size())));
            for (int depth = random.nextInt(5); depth > 0; depth--) {
                path.append('/').append(names.get(random.nextInt(names.size())));
            }
            paths.add(path.toString());
        }
        IgnoreMatcher matcher = IgnoreMatcher.ofPatterns(List.of("a", "!a/b", "**/ab", "!ab/ab/**/b", "b/a.c"));
        Collections.shuffle(paths, random);
        Selection selection = new IgnoreSelection(matcher);
        for (String path : paths) {
            assertThat(selection.includes(path)).as("%s, seed %d", path, seed).isEqualTo(!matcher.ignores(path));
        }
    }

    private static Selection of(String... patterns) {
        return new IgnoreSelection(IgnoreMatcher.ofPatterns(List.of(patterns)));
    }
}
