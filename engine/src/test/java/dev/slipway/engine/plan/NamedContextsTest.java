package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.plan.NamedContexts.Name;
import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --build-context} replaces. */
class NamedContextsTest {
    private static final Target FILES = new Target.Files("key");

    @ParameterizedTest
    @ValueSource(strings = {"alpine", "alpine:latest", "docker.io/alpine", "docker.io/library/alpine:latest"})
    void spellingsOfOneNameAreOne(String written) {
        Plan plan = Planning.of("FROM " + written + "\n")
                .context("alpine", image("other:1"))
                .plan();
        assertThat(baseOf(plan))
                .hasToString("docker.io/library/other:1 (" + plan.image().platform() + ")");
    }

    @Test
    void anotherTagIsAnotherName() {
        Planning planning = Planning.of("FROM alpine:3\n").context("alpine", image("other:1"));
        planning.plan();
        assertThat(planning.asked()).singleElement().asString().startsWith("alpine:3@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scratch", "context", "scratch::linux/amd64"})
    void reservedNamesCannotBeGiven(String name) {
        assertThatThrownBy(() -> Name.parse(name)).hasMessageContaining("cannot be replaced");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPPER", "a b", "a::amd64"})
    void whatIsNoNameCannotBeGiven(String name) {
        assertThatThrownBy(() -> Name.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"linux/arm64,docker.io/library/arm:1", "linux/amd64,docker.io/library/other:1"})
    void aNameForThePlatformComesFirst(String platform, String found) {
        Plan plan = Planning.of("FROM base\n")
                .platform(platform)
                .imagePlatform(platform)
                .context("base", image("other:1"))
                .context("base::linux/arm64", image("arm:1"))
                .plan();
        assertThat(baseOf(plan).reference()).hasToString(found);
    }

    /** The platform of a stage is the one that is looked for. */
    @Test
    void aStageLooksForItsOwnPlatform() {
        Plan plan = Planning.of("FROM --platform=linux/arm64 base\n")
                .imagePlatform("linux/arm64")
                .platform("linux/amd64")
                .context("base::linux/arm64", image("arm:1"))
                .plan();
        assertThat(baseOf(plan).reference()).hasToString("docker.io/library/arm:1");
    }

    @Test
    void aStageIsReplacedWhole() {
        Planning planning = Planning.of("FROM never AS build\nRUN never\nFROM scratch\nCOPY --from=build /a /b\n")
                .context("build", image("other:1"));
        Plan plan = planning.plan();
        assertThat(planning.asked()).singleElement().asString().startsWith("other:1@");
        assertThat(plan.stage(0).steps()).isEmpty();
    }

    @Test
    void aStageThatStandsOnAReplacedOneStandsOnTheContext() {
        Plan plan = Planning.of("FROM never AS build\nRUN never\nFROM build\nENV a=b\n")
                .context("build", image("other:1"))
                .image("other:1", List.of("x=y"))
                .plan();
        assertThat(plan.image().config().env()).contains("x=y", "a=b");
    }

    /** Triggers belong to what is built on an image, not to the stage whose place the image takes. */
    @Test
    void triggersOfAnImageInThePlaceOfAStageRunInWhatStandsOnIt() {
        Plan plan = Planning.of("FROM never AS build\nFROM build\n")
                .context("build", image("other:1"))
                .image("other:1", List.of(), "LABEL triggered=yes")
                .plan();
        assertThat(plan.stage(0).steps()).isEmpty();
        assertThat(Planning.history(plan)).containsExactly("LABEL triggered=yes");
    }

    @Test
    void filesAreCopiedFrom() {
        Plan plan = Planning.of("FROM scratch\nCOPY --from=src /a /b\n")
                .context("src", FILES)
                .plan();
        assertThat(copy(plan).from()).isEqualTo(new FileSource.OfNamedContext("key"));
    }

    @Test
    void aStageOnFilesHasThemAsItsFirstLayer() {
        Plan plan = Planning.of("FROM src\nENV a=b\n").context("src", FILES).plan();
        assertThat(plan.targetStage().base()).isEqualTo(new Base.Scratch());
        assertThat(copy(plan).from()).isEqualTo(new FileSource.OfNamedContext("key"));
        assertThat(copy(plan).destination()).isEqualTo("/");
    }

    @Test
    void anImageIsCopiedFrom() {
        Plan plan = Planning.of("FROM scratch\nCOPY --from=src /a /b\n")
                .context("src", image("other:1"))
                .plan();
        assertThat(copy(plan).from()).isInstanceOf(FileSource.OfImage.class);
    }

    @Test
    void nothingCanBeCopiedFrom() {
        Plan plan = Planning.of("FROM scratch\nCOPY --from=src / /b\n")
                .context("src", new Target.Scratch())
                .plan();
        assertThat(copy(plan).from()).isEqualTo(new FileSource.Scratch());
    }

    @Test
    void aLayoutIsAnotherImageThanThatOfItsNameInARegistry() {
        Planning planning = Planning.of("FROM base\nCOPY --from=other:1 /a /b\n")
                .context("base", new Target.OfImage(ImageReference.parse("other:1"), Optional.of(Path.of("/layout"))));
        planning.plan();
        assertThat(planning.asked()).hasSize(2);
    }

    private static Target image(String reference) {
        return new Target.OfImage(ImageReference.parse(reference), Optional.empty());
    }

    private static ImageKey baseOf(Plan plan) {
        return ((Base.OfImage) plan.targetStage().base()).image();
    }

    private static Operation.Copy copy(Plan plan) {
        return (Operation.Copy)
                plan.targetStage().steps().getFirst().operation().orElseThrow();
    }
}
