package dev.slipway.step.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.step.yaml.YamlNode.Entry;
import dev.slipway.step.yaml.YamlNode.Kind;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlNode.Scalar;
import dev.slipway.step.yaml.YamlNode.Sequence;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlParserTest {
    @Test
    void everyNodeKnowsItsPlace() {
        Mapping root = (Mapping) parse("a: 1\nb:\n  - x\n  - {c: 'd'}\n");

        assertThat(root.place()).hasToString("f:1:1");
        Entry second = root.entries().get(1);
        assertThat(second.key().place()).hasToString("f:2:1");
        Sequence list = (Sequence) second.value();
        assertThat(list.items().get(0).place()).hasToString("f:3:5");
        Mapping inner = (Mapping) list.items().get(1);
        assertThat(inner.place()).hasToString("f:4:5");
        assertThat(inner.entries().getFirst().value().place()).hasToString("f:4:9");
    }

    /** YAML 1.2.2, 10.3: core schema. */
    @ParameterizedTest
    @CsvSource({
        "042, INTEGER",
        "'\"042\"', TEXT",
        "'''042''', TEXT",
        "0x1F, INTEGER",
        "1.10, DECIMAL",
        "1e3, DECIMAL",
        "true, TRUTH",
        "yes, TEXT",
        "on, TEXT",
        "~, NOTHING",
        "null, NOTHING",
        "'\"null\"', TEXT",
        "'!!str 42', TEXT",
        "2026-11-23, TEXT",
        "1.2.3, TEXT"
    })
    void scalarsKnowTheirKind(String yaml, Kind kind) {
        Mapping root = (Mapping) parse("k: " + yaml);

        assertThat(((Scalar) root.entries().getFirst().value()).kind()).isEqualTo(kind);
    }

    @Test
    void aliasesStandForTheirAnchors() {
        Mapping root = (Mapping) parse("a: &x [1]\nb: *x\n");

        assertThat(root.entries().get(1).value())
                .isEqualTo(root.entries().get(0).value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a: 1\\na: 2' | f:2:1: the key a: it is there already at line 1
            'a: 1\\n"a": 2' | f:2:1: the key a: it is there already at line 1
            '? [a]\\n: b' | f:1:3: a list as a key: a key is a single value
            'a: *b' | f:1:4: the alias *b: no anchor &b ends before it
            'a: &a [*a]' | f:1:8: the alias *a: no anchor &a ends before it
            '--- a\\n--- b' | f:2:1: a second document: a file holds one
            'a: !!binary aGk=' | f:1:4: the YAML tag tag:yaml.org,2002:binary: only those of YAML's core schema are read
            'a: !java.io.File x' | f:1:4: the YAML tag !java.io.File: only those of YAML's core schema are read
            'a: !blank%20 x' | f:1:4: the YAML tag !blank : only those of YAML's core schema are read
            """)
    void refuses(String yaml, String fault) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse(yaml.replace("\\n", "\n")))
                .withMessage(fault);
    }

    @Test
    void showsWhereSyntaxIsWrong() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("a: 1\nb: [1, 2\nc: 3\n"))
                .withMessageStartingWith("f:3:2: not a YAML document: ")
                .withMessageContaining("\n    c: 3\n     ^");
    }

    @Test
    void refusesTabsAndControlCharactersWithTheirPlace() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("a:\n\tb: 1\n"))
                .withMessageStartingWith("f:2:1: not a YAML document");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("a: x\nb: \u0007\n"))
                .withMessage("f:2:4: a character that YAML does not allow: U+0007");
    }

    @Test
    void readsUtf8Alone() {
        assertThat(((Scalar) parse("\uFEFFgrün")).text()).isEqualTo("grün");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> YamlParser.parse("f", "a: 1\nb: grün".getBytes(StandardCharsets.ISO_8859_1)))
                .withMessage("f:2:6: the file is not in UTF-8; save it in UTF-8");
        for (Charset other : new Charset[] {StandardCharsets.UTF_16, Charset.forName("UTF-32")}) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> YamlParser.parse("f", "a: 1".getBytes(other)));
        }
    }

    @Test
    void aBombDoesNotGoOff() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level <= 10; level++) {
            String before = "*a" + (level - 1);
            bomb.append("a%d: &a%d [%s, %s, %s, %s]%n".formatted(level, level, before, before, before, before));
        }
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse(bomb.toString()))
                .withMessageMatching("f:\\d+:\\d+: too many values: at most 200000 are read, aliases replaced");
    }

    @Test
    void readsFiftyAliasesAndNoMore() {
        parse("a: &a x\nb: [" + "*a, ".repeat(50) + "]");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("a: &a x\nb: [" + "*a, ".repeat(51) + "]"))
                .withMessageEndingWith("too many aliases: at most 50 are read");
    }

    @Test
    void readsFiftyLevelsAndNoMore() {
        parse("[".repeat(50) + "]".repeat(50));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("[".repeat(100_000)))
                .withMessage("f:1:51: nested too deeply: at most 50 levels are read");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("- ".repeat(100_000)))
                .withMessage("f:1:101: nested too deeply: at most 50 levels are read");
    }

    @Test
    void refusesLargeFilesBeforeItReadsThem() {
        byte[] large = new byte[10 * 1024 * 1024];
        Arrays.fill(large, (byte) '#');
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> YamlParser.parse("f", large))
                .withMessage("f: the file is too large: 10485760 bytes, and at most 3145728 are read");
    }

    private static YamlNode parse(String yaml) {
        return YamlParser.parse("f", yaml.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
