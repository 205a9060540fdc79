package dev.slipway.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.context.BuildContext.Archive;
import dev.slipway.engine.context.BuildContext.Directory;
import dev.slipway.engine.context.BuildContext.Remote;
import dev.slipway.engine.context.BuildContext.StandardInput;
import dev.slipway.engine.context.NamedContext.Value;
import dev.slipway.foundation.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write for a context; what is here is looked at. */
class ContextWordIT {
    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path here;

    private ContextWord words = new ContextWord(Path.of("/"), InputStream.nullInputStream());

    @BeforeEach
    void fill() throws IOException {
        words = new ContextWord(here, InputStream.nullInputStream());
        Files.createDirectories(here.resolve("github.com/o/r"));
        Files.writeString(here.resolve("c.tar"), "");
    }

    @ParameterizedTest
    @CsvSource({".,", "github.com/o/r,github.com/o/r", "./github.com/o,github.com/o", "dir://x,x", "not/there,not/there"
    })
    void directories(String word, String path) {
        assertThat(read(word)).isEqualTo(new Directory(path == null ? here : here.resolve(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.tar", "./c.tar", "tar://c.tar"})
    void filesAreArchives(String word) {
        assertThat(read(word)).isEqualTo(new Archive(here.resolve("c.tar")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "tar://stdin"})
    void standardInput(String word) {
        assertThat(read(word)).isInstanceOf(StandardInput.class);
    }

    /** A repository without a scheme is one only where nothing of that name is here. */
    @ParameterizedTest
    @CsvSource({
        "https://h/r.git#main:sub,https://h/r.git#main:sub",
        "git://h/r?branch=x,git://h/r#refs/heads/x",
        "ssh://git@h/r,ssh://git@h/r",
        "git@h:o/r.git,git@h:o/r.git",
        "github.com/other/r,https://github.com/other/r",
        "https://h/c.tar.gz,https://h/c.tar.gz",
        "http://h/Dockerfile,http://h/Dockerfile",
        "https://a.blob.core.windows.net/c/x.tar?sv=1&sig=s,https://a.blob.core.windows.net/c/x.tar"
    })
    void addresses(String word, String shown) {
        assertThat(read(word)).isInstanceOf(Remote.class);
        assertThat(read(word).display()).startsWith(shown);
    }

    @Test
    void credentialsAreNotShown() {
        assertThat(read("https://user:secret@h/r.git").display()).doesNotContain("secret");
        assertThatThrownBy(() -> NamedContext.parse("https://user:secret@h/r.git", words))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/key,Amazon S3",
        "gs://bucket/key,Google Cloud",
        "https://account.blob.core.windows.net/c/x.tar.gz,Azure",
        "ftp://h/x,no kind of context",
        "oci-layout://x,no kind of context",
        "' ',not empty"
    })
    void whatIsNoContextIsRefused(String word, String why) {
        assertThatThrownBy(() -> read(word))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "a=docker-image://alpine:3,docker.io/library/alpine:3",
        "a=docker-image://127.0.0.1:5000/x@" + DIGEST + ",127.0.0.1:5000/x@" + DIGEST
    })
    void images(String text, String reference) {
        assertThat(named(text))
                .isInstanceOfSatisfying(
                        Value.Image.class,
                        image -> assertThat(image.reference()).hasToString(reference));
    }

    @Test
    void theEmptyImage() {
        assertThat(named("a=docker-image://scratch")).isEqualTo(new Value.Scratch());
    }

    @ParameterizedTest
    @CsvSource({
        "a=oci-layout://lay,lay,docker.io/library/a:latest",
        "a=oci-layout://lay:1.2,lay,docker.io/library/a:1.2",
        "a=oci-layout://./x/lay:1,x/lay,docker.io/library/a:1",
        "a=oci-layout://lay@" + DIGEST + ",lay,docker.io/library/a:latest@" + DIGEST,
        "a=oci-layout://lay:1@" + DIGEST + ",lay,docker.io/library/a:latest@" + DIGEST,
    })
    void layouts(String text, String path, String reference) {
        assertThat(named(text)).isInstanceOfSatisfying(Value.Layout.class, layout -> {
            assertThat(layout.path()).isEqualTo(here.resolve(path));
            assertThat(layout.reference()).hasToString(reference);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=.", "a=c.tar", "a=https://h/r.git", "a=https://h/file", "a::linux/arm64=."})
    void files(String text) {
        assertThat(named(text)).isInstanceOf(Value.Files.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a,NAME=VALUE",
        "=b,NAME=VALUE",
        "a=,NAME=VALUE",
        "scratch=.,cannot be replaced",
        "context=.,cannot be replaced",
        "UPPER=.,lower case",
        "a=-,standard input",
        "a=target:x,bake",
        "a=input:x,bake",
        "a=docker-image://A,lower case",
        "a=docker-image://,not empty",
        "a=oci-layout://x@sha256:1,sha256:1",
        "a=s3://b/k,Amazon S3"
    })
    void whatIsNoNamedContextIsRefused(String text, String why) {
        assertThatThrownBy(() -> named(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    private BuildContext read(String word) {
        return words.read(word);
    }

    private Value named(String text) {
        return NamedContext.parse(text, words).value();
    }
}
