package dev.slipway.image.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.linux.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as a walk has them: the order decides where the layer and the trees are compared. */
class EntryPathTest {
    @Test
    void aDirectoryIsFollowedByWhatIsInItThenByItsNextSibling() {
        List<ByteString> walk = paths("a", "a/b", "a/b/c", "a/c", "a-", "a.", "ab", "b");

        assertThat(walk.reversed().stream().sorted(EntryPath.ORDER).toList()).isEqualTo(walk);
    }

    @Test
    void namesOfAnyBytesAreOrderedWithoutSign() {
        ByteString low = ByteString.of(new byte[] {0x7f});
        ByteString high = ByteString.of(new byte[] {(byte) 0x80});

        assertThat(EntryPath.ORDER.compare(low, high)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "..a", "a/...", "a b", "a\nb"})
    void plain(String path) {
        assertThat(EntryPath.isPlain(ByteString.of(path))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "./a", "a/.", "..", "../a", "a/../b", "a\0b"})
    void notPlain(String path) {
        assertThat(EntryPath.isPlain(ByteString.of(path))).isFalse();
    }

    @Test
    void belowIsBelowTheDirectoryAndNotBesideIt() {
        assertThat(EntryPath.isBelow(ByteString.of("a/b"), ByteString.of("a"))).isTrue();
        assertThat(EntryPath.isBelow(ByteString.of("ab"), ByteString.of("a"))).isFalse();
        assertThat(EntryPath.isBelow(ByteString.of("a"), ByteString.of("a"))).isFalse();
        assertThat(EntryPath.isBelow(ByteString.of("a"), ByteString.EMPTY)).isTrue();
    }

    @Test
    void aStepIsTheNextNameOnTheWay() {
        assertThat(EntryPath.step(ByteString.of("a/b/c"), ByteString.of("a"))).isEqualTo(ByteString.of("b"));
        assertThat(EntryPath.step(ByteString.of("a/b/c"), ByteString.EMPTY)).isEqualTo(ByteString.of("a"));
        assertThat(EntryPath.step(ByteString.of("a"), ByteString.EMPTY)).isEqualTo(ByteString.of("a"));
    }

    private static List<ByteString> paths(String... paths) {
        return List.of(paths).stream().map(ByteString::of).toList();
    }
}
