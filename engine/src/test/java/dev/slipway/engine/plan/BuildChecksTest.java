package dev.slipway.engine.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.lint.Finding;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a build tells the checks. The checks themselves are tested where they are. */
class BuildChecksTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.of("linux", "arm64");

    private final Map<String, String> buildArgs = Map.of("GIVEN", "app:1");

    @Test
    void variablesAndShellOfAKnownImageCount() {
        String dockerfile = "FROM app:1\nWORKDIR $HOME\nUSER $NOBODY\nCMD run\n";

        assertThat(findings(dockerfile, Map.of(key(AMD64), image(AMD64))))
                .containsExactly("UndefinedVar: Usage of undefined variable '$NOBODY' (line 3)");
    }

    @Test
    void ofAnUnknownImageNothingIsClaimed() {
        assertThat(findings("FROM app:1\nWORKDIR $HOME\nUSER $NOBODY\n", Map.of()))
                .isEmpty();
    }

    @Test
    void theImageOfAnotherPlatformIsTold() {
        assertThat(findings("ARG GIVEN\nFROM $GIVEN\n", Map.of(key(AMD64), image(ARM64))))
                .contains("InvalidBaseImagePlatform: Base image app:1 was pulled with platform \"linux/arm64\","
                        + " expected \"linux/amd64\" for current build (line 2)");
    }

    @Test
    void anImageThatFromWantsForAnotherPlatformIsFoundUnderIt() {
        String dockerfile = "FROM --platform=linux/aarch64 app:1 AS arm64\nWORKDIR $HOME\n";

        assertThat(findings(dockerfile, Map.of(key(ARM64), image(ARM64)))).isEmpty();
    }

    @Test
    void theNameOfABaseHasToBeAReference() {
        assertThat(findings("ARG TAG\nFROM app:$TAG\n", Map.of()))
                .containsExactly("InvalidDefaultArgInFrom: Default value for ARG app:$TAG results in empty or invalid"
                        + " base image name (line 2)");
    }

    @Test
    void automaticArgumentsAreThoseOfTheBuild() {
        String dockerfile = """
                FROM --platform=$TARGETOS/$TARGETARCH$TARGETVARIANT$TARGETOSVERSION scratch
                FROM --platform=$BUILDPLATFORM scratch
                FROM app:$TARGETSTAGE
                """;

        assertThat(findings(dockerfile, Map.of())).isEmpty();
    }

    @Test
    void aBuildLooksAtTheStagesItNeedsAndACheckAtAll() {
        byte[] text = "FROM scratch AS a\nENV a b\nFROM scratch\n".getBytes(UTF_8);

        assertThat(checks(Map.of()).ofBuild("Dockerfile", text).findings()).isEmpty();
        assertThat(checks(Map.of()).ofFile("Dockerfile", text).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule().id()).isEqualTo("LegacyKeyValueFormat"));
    }

    private List<String> findings(String dockerfile, Map<ImageKey, ImageConfig> images) {
        return checks(images).ofBuild("Dockerfile", dockerfile.getBytes(UTF_8)).findings().stream()
                .map(Finding::shortForm)
                .toList();
    }

    private BuildChecks checks(Map<ImageKey, ImageConfig> images) {
        return new BuildChecks(
                buildArgs, Optional.empty(), AMD64, IgnoreMatcher.NOTHING, BuildChecks.Images.of(images));
    }

    private static ImageKey key(Platform platform) {
        return new ImageKey(ImageReference.parse("app:1"), platform);
    }

    private static ImageConfig image(Platform platform) {
        ContainerConfig config = new ContainerConfig(
                "",
                List.of("HOME=/root", "EMPTY"),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                "",
                Optional.empty(),
                Optional.of(List.of("/bin/bash", "-c")),
                List.of(),
                false);
        return new ImageConfig(Optional.empty(), "", platform, config, List.of(), List.of());
    }
}
