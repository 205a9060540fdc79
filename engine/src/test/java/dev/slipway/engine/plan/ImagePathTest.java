package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dockerfile reference, WORKDIR and COPY: relative paths count from the working directory. */
class ImagePathTest {
    @ParameterizedTest
    @CsvSource({
        "/a,b,/a/b",
        "/a,../b,/b",
        "/a,../../b,/b",
        "/a,./b/./c,/a/b/c",
        "/a,/b/,/b/",
        "/a,/b/../c,/b/../c",
        "/,x,/x"
    })
    void workdirJoinsRelativePathsAndKeepsAbsoluteOnes(String directory, String path, String expected) {
        assertThat(ImagePath.resolve(directory, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/w,'',/w/",
        "/w,.,/w/",
        "/w,x,/w/x",
        "/w,x/,/w/x/",
        "/w,x/.,/w/x/",
        "/w,..,/",
        "/w/v,..,/w/",
        "/w,/,/",
        "/w,/a//b/,/a/b/",
        "/w,/a/../b,/b",
        "/,.,/"
    })
    void aDestinationKeepsTheSlashThatSaysDirectory(String directory, String path, String expected) {
        assertThat(ImagePath.destination(directory, path)).isEqualTo(expected);
    }
}
