package dev.slipway.dockerfile.parse;

import static dev.slipway.dockerfile.parse.Reading.faults;
import static dev.slipway.dockerfile.parse.Reading.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Directives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, parser directives. */
class DirectivesTest {
    @Test
    void areReadInAnyCaseAndWithAnyBlanks() {
        Directives directives = parse("#SYNTAX = docker/dockerfile:1 \n  # Escape=`\n#check=skip=A\nFROM x")
                .directives();
        assertThat(directives.syntax()).hasValue("docker/dockerfile:1");
        assertThat(directives.escape()).isEqualTo('`');
        assertThat(directives.check().orElseThrow().skips("a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "# comment\n", "# unknown=x\n", "#\n", "# escape\n", "# escape=\n", "ARG a\n"})
    void anyOtherLineEndsThem(String first) {
        assertThat(parse(first + "# escape=`\nFROM x").directives().escape()).isEqualTo('\\');
    }

    @Test
    void theEscapeJoinsLinesAndSplitsWords() {
        var file = parse("# escape=`\nFROM x\nRUN a `\n b\nRUN c:\\\nENV a=`\"b\n");
        assertThat(file.lastStage().instructions())
                .extracting(Instruction::source)
                .containsExactly("RUN a  b", "RUN c:\\", "ENV a=`\"b");
    }

    @Test
    void anOtherEscapeIsRefused() {
        assertThat(faults("# escape=x\nFROM a").getFirst().toString())
                .startsWith("Dockerfile:1:1: # escape=x: not an escape character");
    }

    @Test
    void twiceTheSameIsRefused() {
        assertThat(faults("# escape=`\n# escape=`\nFROM a").getFirst().toString())
                .startsWith("Dockerfile:2:1: # escape=`: the directive stands twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker/dockerfile",
                "docker/dockerfile:1",
                "docker/dockerfile:1.7-labs",
                "docker.io/docker/dockerfile:1",
                "docker/dockerfile-upstream:master",
                "docker/dockerfile@sha256:0123",
                "mirror.example:5000/docker/dockerfile:1",
                "docker/dockerfile:1 --with=options",
                "dockerfile.v0"
            })
    void thisLanguageHasManyNames(String syntax) {
        assertThat(parse("# syntax=" + syntax + "\nFROM x").directives().syntax())
                .hasValue(syntax);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"other/frontend", "docker/dockerfilex", "docker/buildx", "r2d4/mocker", "notdocker/dockerfile"})
    void otherLanguagesAreRefusedWithAReason(String syntax) {
        assertThat(faults("# syntax=" + syntax + "\nFROM x").getFirst().toString())
                .startsWith("Dockerfile:1:1: # syntax=" + syntax)
                .contains("only the language of docker/dockerfile is built in");
    }

    @Test
    void aScriptLineMayStandAboveTheSyntax() {
        assertThat(parse("#!/usr/bin/env dockerfile\n# syntax=docker/dockerfile:1\nFROM x")
                        .directives()
                        .syntax())
                .hasValue("docker/dockerfile:1");
    }

    @Test
    void brokenCheckSettingsAreRefused() {
        assertThat(faults("# check=skip\nFROM x").getFirst().toString()).startsWith("Dockerfile:1:1: check=skip");
        assertThat(faults("# check=nosuch=1\nFROM x")).hasSize(1);
        assertThat(faults("# check=error=maybe\nFROM x")).hasSize(1);
        assertThat(faults("# check=skip=a;error=1;experimental=b;skip=c\nFROM x"))
                .hasSize(1);
    }
}
