package dev.slipway.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.lint.Finding;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.event.Event;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check does with files and with the images it may ask for. */
class DockerfileCheckIT {
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    @TempDir
    Path context;

    private final List<Event> events = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void theImagesOfAllStagesAreAskedOnce() throws IOException {
        CheckedFile checked = check("FROM app:1\nUSER $HOME$HOMER\nFROM app:1\nFROM other:2\nUSER $HOME\n");

        assertThat(asked).containsExactly("app:1 linux/amd64", "other:2 linux/amd64");
        assertThat(shortForms(checked))
                .containsExactly("UndefinedVar: Usage of undefined variable '$HOMER' (did you mean $HOME?) (line 2)");
        assertThat(checked.report().faults()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void anImageThatIsNotThereIsToldAndPassedOver() throws IOException {
        CheckedFile checked = check("FROM missing:1 as a\nUSER $HOMER\n");

        assertThat(shortForms(checked))
                .containsExactly("FromAsCasing: 'as' and 'FROM' keywords' casing do not match" + " (line 1)");
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.toString())
                        .contains("nothing is known about", "missing:1", "it is not there"));
    }

    @Test
    void whatIsWrongOnlyWithItsValuesIsAFaultToo() throws IOException {
        CheckedFile checked = check("FROM app:1\nARG PORT=http\nEXPOSE $PORT\n");

        assertThat(checked.report().faults())
                .singleElement()
                .satisfies(fault -> assertThat(checked.place(fault)).contains(new Place("Dockerfile", 3, 1)));
    }

    @Test
    void whatOnlyThisVersionCannotBuildIsNoFault() throws IOException {
        CheckedFile checked = check("FROM --platform=windows/amd64 app:1\n");

        assertThat(checked.report().faults()).isEmpty();
        assertThat(events)
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("slipway build would refuse Dockerfile:1:1: FROM for windows"));
    }

    @Test
    void theIgnoreFileNextToTheDockerfileComesFirst() throws IOException {
        Files.writeString(context.resolve(".dockerignore"), "a\n");
        Files.writeString(context.resolve("Dockerfile.dockerignore"), "b\n");

        assertThat(shortForms(check("FROM scratch\nCOPY a /\nCOPY b /\n")))
                .containsExactly("CopyIgnoredFile: Attempting to Copy file \"b\" that is excluded by .dockerignore"
                        + " (line 3)");
    }

    @Test
    void aFaultOutsideTheFileHasNoPlaceInIt() throws IOException {
        CheckedFile checked = check("FROM scratch\n");

        assertThat(checked.place(Problem.of("x").at("Dockerfile"))).isEmpty();
        assertThat(checked.place(Problem.of("x").at("Dockerfile2:3:1"))).isEmpty();
        assertThat(checked.place(Problem.of("x").at("Dockerfile:3"))).contains(Place.ofLine("Dockerfile", 3));
        assertThat(checked.line(1)).isEqualTo("FROM scratch");
        assertThat(checked.line(99)).isEmpty();
    }

    @Test
    void aMissingFileIsRefused() {
        CheckRequest request = request();

        assertThatThrownBy(() -> DockerfileCheck.syntax(request))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Dockerfile: there is no such Dockerfile; name it with --file");
    }

    private CheckedFile check(String dockerfile) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return DockerfileCheck.asking(this::image, events::add).check(request());
    }

    private CheckRequest request() {
        return new CheckRequest(
                context, context.resolve("Dockerfile"), "Dockerfile", Optional.empty(), Map.of(), AMD64);
    }

    private SourceImage image(ImageReference reference, Platform platform) {
        asked.add(reference.repository().replace("library/", "") + ":"
                + reference.toString().replaceFirst(".*:", "") + " " + platform);
        if (reference.toString().contains("missing")) {
            throw new ServiceException(Problem.of("it is not there").at(reference.toString()));
        }
        ContainerConfig config = new ContainerConfig(
                "",
                List.of("HOME=/root"),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
        Descriptor none = Descriptor.of(MediaType.DOCKER_CONFIG, new byte[0]);
        Manifest manifest = new Manifest(MediaType.DOCKER_MANIFEST, none, List.of(), Map.of());
        ImageConfig image = new ImageConfig(Optional.empty(), "", platform, config, List.of(), List.of());
        return new SourceImage(reference, Digest.of(new byte[0]), manifest, image, List.of());
    }

    private static List<String> shortForms(CheckedFile checked) {
        return checked.report().findings().stream().map(Finding::shortForm).toList();
    }
}
