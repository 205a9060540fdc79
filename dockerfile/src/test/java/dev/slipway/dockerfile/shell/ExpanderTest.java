package dev.slipway.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, environment replacement; POSIX, parameter expansion, for the forms in common. */
class ExpanderTest {
    private static final Variables VARIABLES = Variables.of(Map.of(
            "PWD", "/home",
            "SHELL", "bash",
            "KOREAN", "한국어",
            "NULL", "",
            "SPACED", "a b",
            "FILE", "/tmp/tmp/bar.tar.gz"));
    private static final Expander EXPANDER = new Expander('\\');

    /** Quotes vanish; single ones keep everything, double ones keep all but {@code $} and escapes of {@code " $ \}. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            hello | hello
            he'll'o | hello
            he\\'llo | he'llo
            abc\\tdef | abctdef
            "abc\\tdef" | abc\\tdef
            "abc\\\\tdef" | abc\\tdef
            'abc\\tdef' | abc\\tdef
            hello\\ | hello
            hello\\\\ | hello\\
            "hel'lo" | hel'lo
            'hello\\' | hello\\
            'hello\\there' | hello\\there
            'hello\\\\there' | hello\\\\there
            "''" | ''
            '"hello"' | "hello"
            '$PWD' | $PWD
            "$PWD" | /home
            '\\$PWD' | \\$PWD
            "he'$PWD'" | he'/home'
            he\\$PWD | he$PWD
            he\\\\$PWD | he\\/home
            "he\\$PWD" | he$PWD
            "he\\\\$PWD" | he\\/home
            "he${PWD}" | he/home
            """)
    void removesQuotesAndEscapes(String raw, String expected) {
        assertThat(EXPANDER.expand(raw, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"he'llo", "he\\\\'llo", "\"hello", "\"hello\\\"", "'hello", "\"", "'", "\"${PWD\""})
    void refusesOpenQuotes(String raw) {
        assertThatThrownBy(() -> EXPANDER.expand(raw, VARIABLES)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $ | $
            $. | $.
            he$.x | he$.x
            he$1x | hex
            he$12x3 | hex3
            he$pwd. | he.
            he$PWD | he/home
            he$PWD/$SHELL! | he/home/bash!
            he${PWD}x | he/homex
            he${hi}xx | hexx
            $KOREAN | 한국어
            안녕$KOREAN | 안녕한국어
            안녕${한국}x | 안녕x
            \\${} | ${}
            he\\${}xx | he${}xx
            a$@b$*c$#d$?e$-f$!g$0h | abcdefgh
            $$PWD | PWD
            ${@} | ~~
            ${1} | ~~
            """)
    void readsNames(String raw, String expected) {
        assertThat(EXPANDER.expand(raw, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${X:-w}     | w
            ${X-w}      | w
            ${NULL:-w}  | w
            ${NULL-w}   | ~~
            ${PWD:-w}   | /home
            ${PWD-w}    | /home
            ${X:+w}     | ~~
            ${X+w}      | ~~
            ${NULL:+w}  | ~~
            ${NULL+w}   | w
            ${PWD:+w}   | w
            ${PWD+w}    | w
            ${PWD?w}    | /home
            ${PWD:?w}   | /home
            ${NULL?w}   | ~~
            ${X:-}      | ~~
            ${X:-$PWD}  | /home
            ${X:-${Y:-${PWD}}} | /home
            ${X:-${Y:-yyy}}    | yyy
            ${X:-'a b'} | a b
            ${X:-"$PWD"}| /home
            ${X:-\\$PWD:}      | $PWD:
            he${X:-\\${PWD}z}x | he${PWDz}x
            ${PWD:+${PWD}:}x   | /home:x
            ${X:-a\\}b} | a}b
            ${@:-w}     | w
            """)
    void choosesByWhetherANameIsSet(String raw, String expected) {
        assertThat(EXPANDER.expand(raw, VARIABLES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"${X?gone $SHELL}, gone bash", "${X:?gone}, gone", "${NULL:?gone}, gone", "${X?}, X", "${X:?}, X"})
    void aNameThatHasToBeSetFailsWithItsMessage(String raw, String message) {
        assertThatThrownBy(() -> EXPANDER.expand(raw, VARIABLES))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${FILE#/tmp}     | /tmp/bar.tar.gz
            ${FILE#*/}       | tmp/tmp/bar.tar.gz
            ${FILE##*/}      | bar.tar.gz
            ${FILE%.*}       | /tmp/tmp/bar.tar
            ${FILE%%.*}      | /tmp/tmp/bar
            ${FILE%nothing}  | /tmp/tmp/bar.tar.gz
            ${FILE#?tmp}     | /tmp/bar.tar.gz
            ${FILE#}         | /tmp/tmp/bar.tar.gz
            ${FILE##}        | /tmp/tmp/bar.tar.gz
            ${FILE%%*}       | ~~
            ${FILE#*}        | /tmp/tmp/bar.tar.gz
            ${FILE/tmp/x}    | /x/tmp/bar.tar.gz
            ${FILE//tmp/x}   | /x/x/bar.tar.gz
            ${FILE//tmp/}    | ///bar.tar.gz
            ${FILE/t*r/x}    | /x.gz
            ${FILE/\\/tmp/}  | /tmp/bar.tar.gz
            ${FILE//\\//-}   | -tmp-tmp-bar.tar.gz
            ${FILE//\\//\\/} | \\/tmp\\/tmp\\/bar.tar.gz
            ${FILE///}       | /tmp/tmp/bar.tar.gz
            ${X#a}           | ~~
            ${X//a/b}        | ~~
            ${NULL/$NULL/ww} | ww
            ${FILE#$NULL}    | /tmp/tmp/bar.tar.gz
            ${KOREAN#?}      | 국어
            ${KOREAN%?}      | 한국
            """)
    void cutsAndReplaces(String raw, String expected) {
        assertThat(EXPANDER.expand(raw, VARIABLES)).isEqualTo(expected);
    }

    /** Go's regular expressions read a dollar in the replacement of // only. */
    @Test
    void aDollarInTheReplacementOfAllMatchesNamesTheMatch() {
        Variables variables = Variables.of(Map.of("V", "basic", "M", "[$0$$${x}$y z]", "END", "$"));
        assertThat(EXPANDER.expand("${V//s/$M}", variables)).isEqualTo("ba[s$ z]ic");
        assertThat(EXPANDER.expand("${V/s/$M}", variables)).isEqualTo("ba[$0$$${x}$y z]ic");
        assertThat(EXPANDER.expand("${V//s/$END}", variables)).isEqualTo("ba$ic");
    }

    @Test
    void aPatternEscapesWhatIsSpecialInIt() {
        Variables variables = Variables.of(Map.of("FOO", "()[]{}^$.*?|\\x", "STARS", "a***yy*"));
        assertThat(EXPANDER.expand("${FOO#()[]{\\}^$.\\*\\?|\\\\}", variables)).isEqualTo("x");
        assertThat(EXPANDER.expand("${STARS%%\\**\\*}", variables)).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${}",
                "${}aaa",
                "he${}",
                "${",
                "${PWD",
                "${PWD:",
                "${PWD:-",
                "${PWD:-w",
                "${:x}",
                "${{x}}",
                "${.}",
                "${PWD:YYY}",
                "${PWD=x}",
                "${PWD:=x}",
                "${PWD:#x}",
                "${PWD:%x}",
                "${PWD/x}",
                "${PWD//x}",
                "${PWD//}",
                "${PWD/}",
                "${PWD#\\x}",
                "${PWD%\\",
                "${PWD x}",
                "${PWD@}"
            })
    void refusesOtherForms(String raw) {
        assertThatThrownBy(() -> EXPANDER.expand(raw, VARIABLES))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be expanded");
    }

    @Test
    void blanksFromVariablesStayInOneWordAndSplitInWords() {
        assertThat(EXPANDER.expand("x$SPACED y", VARIABLES)).isEqualTo("xa b y");
        assertThat(EXPANDER.expandWords("x$SPACED y", VARIABLES)).containsExactly("xa", "b", "y");
        assertThat(EXPANDER.expandWords("\"$SPACED\" 'c d' e\\ f", VARIABLES)).containsExactly("a b", "c d", "e f");
        assertThat(EXPANDER.expandWords("  $NULL ", VARIABLES)).isEmpty();
    }

    @Test
    void theEscapeCharacterIsTheFilesOwn() {
        Expander backtick = new Expander('`');
        assertThat(backtick.expand("`$PWD\\$PWD", VARIABLES)).isEqualTo("$PWD\\/home");
        assertThat(backtick.expand("\"`$PWD\"", VARIABLES)).isEqualTo("$PWD");
    }

    /** In a heredoc quotes are text, an escape takes itself away, and the escape is a backslash in every file. */
    @Test
    void aHeredocKeepsItsQuotes() {
        Expander backtick = new Expander('`');
        assertThat(backtick.expandHeredoc("\"$PWD\" don't '${SHELL}'\n", VARIABLES))
                .isEqualTo("\"/home\" don't 'bash'\n");
        assertThat(backtick.expandHeredoc("\\\n", VARIABLES)).isEqualTo("\n");
        assertThat(backtick.expandHeredoc("\\\\\n", VARIABLES)).isEqualTo("\\\n");
        assertThat(backtick.expandHeredoc("\\$\n", VARIABLES)).isEqualTo("$\n");
    }

    @Test
    void tellsWhichNamesItLookedUp() {
        Expansion expansion =
                EXPANDER.evaluate("${SHELL:-$A} ${B:-$PWD} $C ${NULL-$D} '$E'", Expander.Mode.WORD, VARIABLES);
        assertThat(expansion.text()).isEqualTo("bash /home   $E");
        assertThat(expansion.used()).containsExactly("SHELL", "PWD", "NULL");
        assertThat(expansion.undefined()).containsExactly("A", "B", "C", "D");
    }

    @Test
    void growthAndDepthAreBounded() {
        Variables large = _ -> Optional.of("x".repeat(1 << 19));
        assertThatThrownBy(() -> EXPANDER.expand("$A$A$A", large))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("longer than");
        String deep = "${X:-".repeat(5000) + "}".repeat(5000);
        assertThatThrownBy(() -> EXPANDER.expand(deep, VARIABLES))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("deep");
    }
}
