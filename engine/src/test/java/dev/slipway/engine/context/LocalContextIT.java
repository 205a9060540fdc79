package dev.slipway.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ignore file counts. Reference: Docker, .dockerignore files. */
class LocalContextIT {
    @TempDir
    Path directory;

    @Test
    void withoutAnIgnoreFileNothingIsLeftOut() {
        assertThat(open("Dockerfile").ignored().ignores("a")).isFalse();
    }

    @Test
    void theFileNextToTheDockerfileTakesThePlaceOfTheOneInTheRoot() throws IOException {
        Files.writeString(directory.resolve(".dockerignore"), "a\n");
        Files.createDirectory(directory.resolve("docker"));
        Files.writeString(directory.resolve("docker/prod.dockerignore"), "b\n");
        assertThat(open("Dockerfile").ignored().patterns()).containsExactly("a");
        assertThat(open("docker/prod").ignored().patterns()).containsExactly("b");
    }

    @Test
    void carriageReturnsAndAByteOrderMarkDoNotBelongToPatterns() throws IOException {
        Files.writeString(directory.resolve(".dockerignore"), "\uFEFFa\r\n# no\r\n !b \r\n");
        assertThat(open("Dockerfile").ignored().patterns()).containsExactly("a", "!b");
    }

    @Test
    void malformedPatternsAreRefusedAtTheirLines() throws IOException {
        Files.writeString(directory.resolve(".dockerignore"), "ok\n[a\n!\n");
        assertThatThrownBy(() -> open("Dockerfile"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(".dockerignore:2")
                .hasMessageContaining(".dockerignore:3");
    }

    @Test
    void aContextIsADirectory() throws IOException {
        Files.writeString(directory.resolve("f"), "");
        assertThatThrownBy(() -> LocalContext.open(directory.resolve("f"), directory.resolve("Dockerfile")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a directory");
    }

    private LocalContext open(String dockerfile) {
        return LocalContext.open(directory, directory.resolve(dockerfile));
    }
}
