package dev.slipway.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The mark stands under what is meant, on any terminal. */
class ExcerptTest {
    @Test
    void theMarkIsAsLongAsThePiece() {
        assertThat(Excerpt.of(7, "FROM scratch AS Base", 17, 21))
                .containsExactly("   7 | FROM scratch AS Base", "     |                 ^^^^");
    }

    @Test
    void anEmptyPieceIsMarkedByOne() {
        assertThat(Excerpt.of(3, "", 1, 1)).containsExactly("   3 | ", "     | ^");
        assertThat(Excerpt.of(3, "ab", 3, 3)).containsExactly("   3 | ab", "     |   ^");
    }

    @Test
    void aWholeLineHasNoMark() {
        assertThat(Excerpt.of(12, "RUN x", 0, 0)).containsExactly("  12 | RUN x");
    }

    @Test
    void tabsInFrontStayTabs() {
        assertThat(Excerpt.of(1, "\tUSER\t$x", 7, 9)).containsExactly("   1 | \tUSER\t$x", "     | \t    \t^^");
    }

    @Test
    void wideCharactersTakeTwoColumnsAndMarksNone() {
        assertThat(Excerpt.of(1, "COPY 日本 $x /", 9, 11)).containsExactly("   1 | COPY 日本 $x /", "     |           ^^");
        assertThat(Excerpt.of(1, "COPY e\u0301 $x /", 9, 11))
                .containsExactly("   1 | COPY e\u0301 $x /", "     |        ^^");
        assertThat(Excerpt.of(1, "COPY 日本 /", 6, 8)).last().isEqualTo("     |      ^^^^");
    }

    @Test
    void aCharacterOfTwoUnitsIsOne() {
        // U+1F600 is wide and two units of UTF-16.
        assertThat(Excerpt.of(1, "LABEL a=\uD83D\uDE00$x", 11, 13)).last().isEqualTo("     |           ^^");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(Excerpt.of(1, "USER \u001b[31m$x", 11, 13))
                .containsExactly("   1 | USER \uFFFD[31m$x", "     |           ^^");
    }

    @Test
    void ofALongLineThePartAroundThePieceIsShown() {
        String line = "RUN " + "a".repeat(300) + " $x " + "b".repeat(300);
        List<String> shown = Excerpt.of(9, line, 306, 308);

        assertThat(shown.get(0)).hasSizeLessThan(180).startsWith("   9 | …a").endsWith("b…");
        int mark = shown.get(1).indexOf('^');
        assertThat(shown.get(0).substring(mark, mark + 2)).isEqualTo("$x");
    }

    @Test
    void aPlaceBehindTheLineIsItsEnd() {
        assertThat(Excerpt.of(1, "ab", 9, 12)).containsExactly("   1 | ab", "     |   ^");
    }
}
