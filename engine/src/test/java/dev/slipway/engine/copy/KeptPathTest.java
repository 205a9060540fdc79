package dev.slipway.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, COPY --parents. */
class KeptPathTest {
    @ParameterizedTest
    @CsvSource({
        "x/a.txt,/,x/a.txt",
        "./x/a.txt,/,x/a.txt",
        "/x/../y,/,y",
        "x/./y/z,x,y/z",
        "x/./y/./z,x,y/z",
        "/./y,'',y",
        "x/.,/,x",
        "x/./,x,''",
        "x*/./**/*.c,x*,**/*.c",
    })
    void whatStandsBeforeTheFirstPivotIsOnlyWhereToLook(String source, String start, String kept) {
        assertThat(KeptPath.of(source)).isEqualTo(new KeptPath(start, kept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x*/y", "x/./y?", "x/[a]", "x*/./y"})
    void wildcardsMayMatchNothing(String source) {
        assertThat(KeptPath.of(source).isLiteral()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/y", "x/./y", "x\\*/y", "x\\[a]/./\\?"})
    void otherNamesHaveToBeThere(String source) {
        assertThat(KeptPath.of(source).isLiteral()).isTrue();
    }

    @Test
    void theWholePathHasNoPivot() {
        assertThat(KeptPath.of("x/./y/z").whole()).isEqualTo("x/y/z");
    }
}
