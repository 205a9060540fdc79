package dev.slipway.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar is that of the documentation of Go's path/filepath.Match. */
class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "abc,abc,true",
        "*,abc,true",
        "*c,abc,true",
        "a*,a,true",
        "a*,ab,true",
        "a*b?c*x,abxbbxdbxebxczzx,true",
        "a*b?c*x,abxbbxdbxebxczzy,false",
        "ab[c],abc,true",
        "ab[b-d],abc,true",
        "ab[e-g],abc,false",
        "ab[^c],abc,false",
        "ab[^e-g],abc,true",
        "a\\*b,a*b,true",
        "a\\*b,ab,false",
        "a?b,a☺b,true",
        "a[^a]b,a☺b,true",
        "a???b,a☺b,false",
        "[a-ζ]*,α,true",
        "*[a-ζ],A,false",
        "[\\]a],],true",
        "[x\\-],-,true",
        "arr[[]0].txt,arr[0].txt,true"
    })
    void matchesWholeNames(String pattern, String name, boolean expected) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]a]", "[-]", "[x-]", "[^", "a[", "\\", "[a-"})
    void refusesMalformedPatterns(String pattern) {
        assertThatThrownBy(() -> NamePattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEscapedNameIsNotWild() {
        NamePattern pattern = NamePattern.parse("a\\*b");
        assertThat(pattern.isWild()).isFalse();
        assertThat(pattern.literal()).isEqualTo("a*b");
    }
}
