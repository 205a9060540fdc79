package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.event.Event;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.LayerEntry;
import dev.slipway.image.layer.LayerTarReader;
import dev.slipway.image.transfer.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds on real overlay mounts and a real runtime; needs root and busybox-static. */
class DockerfileBuilderIT {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final String BASE = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;

    @TempDir
    Path temp;

    private Path context;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void putBusyboxIntoTheContext() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
    }

    private BuildReport build(String dockerfile) throws IOException {
        return build(dockerfile, Definition.DEFAULT, "home", NOW);
    }

    private BuildReport build(String dockerfile, Definition definition, String home, Instant now) throws IOException {
        Path file = Files.writeString(context.resolve("Dockerfile"), dockerfile);
        BuildEnvironment environment =
                WithoutRegistries.in(temp.resolve(home), RemoteAccess.NONE, events::add, () -> now);
        return new DockerfileBuilder(environment)
                .build(BuildRequest.of(new SourceSettings(context, file, "Dockerfile"))
                        .withDefinition(definition));
    }

    private static List<String> names(BlobSource layer) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream tar = Compression.decompress(layer.open())) {
            LayerTarReader reader = new LayerTarReader(tar);
            for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                names.add(entry.get().path().toString());
            }
        }
        return names;
    }

    @Test
    void eachInstructionGivesALayerOfWhatItChanged() throws IOException {
        BuildReport report = build(BASE + "RUN echo hi > /greeting && mkdir /d\nRUN rm /greeting\nWORKDIR /w\n");

        assertThat(report.layers()).hasSize(5);
        assertThat(names(report.image().layers().get(0))).containsExactly("bin", "bin/busybox");
        assertThat(names(report.image().layers().get(2))).containsExactly("d", "greeting");
        assertThat(names(report.image().layers().get(3))).containsExactly("greeting");
        assertThat(names(report.image().layers().get(4))).containsExactly("w");
        assertThat(temp.resolve("home/builds")).isEmptyDirectory();
    }

    @Test
    void aReproducibleImageIsTheSameOnAnotherDay() throws IOException {
        String dockerfile = BASE + "WORKDIR /a\nRUN touch b\n";
        Definition reproducible = Definition.DEFAULT.withReproducible(true);

        BuildReport today = build(dockerfile, reproducible, "today", NOW);
        BuildReport tomorrow = build(dockerfile, reproducible, "tomorrow", NOW.plus(Duration.ofDays(1)));

        assertThat(tomorrow.digest()).isEqualTo(today.digest());
        assertThat(today.config().created()).contains(Instant.EPOCH);
    }

    /** SOURCE_DATE_EPOCH alone is about what the image says of itself; BuildKit leaves the times of files, too. */
    @Test
    void aGivenTimeIsTheImagesAndWithReproducibleTheFilesLatest() throws IOException {
        String dockerfile = BASE + "RUN touch -d 2001-01-01 a && touch b\n";
        Instant epoch = Instant.ofEpochSecond(1_700_000_000);
        Definition dated = Definition.DEFAULT.withSourceDateEpoch(Optional.of(epoch));

        BuildReport usual = build(dockerfile, dated, "usual", NOW);
        BuildReport reproducible = build(dockerfile, dated.withReproducible(true), "reproducible", NOW);

        assertThat(usual.config().created()).contains(epoch);
        assertThat(reproducible.config().created()).contains(epoch);
        assertThat(usual.config().history()).allMatch(line -> line.created().equals(Optional.of(epoch)));
        assertThat(times(usual.image().layers().getLast()).get("b")).isGreaterThan(epoch.getEpochSecond());
        assertThat(times(reproducible.image().layers().getLast()).get("b")).isEqualTo(epoch.getEpochSecond());
        assertThat(times(reproducible.image().layers().getLast()).get("a"))
                .isBetween(
                        Instant.parse("2000-12-31T00:00:00Z").getEpochSecond(),
                        Instant.parse("2001-01-02T00:00:00Z").getEpochSecond());
    }

    private static Map<String, Long> times(BlobSource layer) throws IOException {
        Map<String, Long> times = new TreeMap<>();
        try (InputStream tar = Compression.decompress(layer.open())) {
            LayerTarReader reader = new LayerTarReader(tar);
            for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (entry.get() instanceof LayerEntry.RegularFile file) {
                    times.put(
                            file.path().toString(), file.attributes().modified().seconds());
                }
            }
        }
        return times;
    }

    @Test
    void whatTheSandboxMountsIsNotInTheLayer() throws IOException {
        BuildReport report = build(BASE + "RUN cat /etc/resolv.conf /etc/hosts > /dev/null\n");

        assertThat(names(report.image().layers().getLast())).isEmpty();
    }

    @Test
    void whatTheChecksFindIsAWarning() throws IOException {
        build("FROM scratch AS unneeded\nENV a b\nFROM scratch\nCOPY busybox \\\n\n  /\nLABEL c d\n");

        assertThat(events)
                .filteredOn(Event.Warning.class::isInstance)
                .extracting(event -> ((Event.Warning) event).problem().toString())
                .containsExactly(
                        "NoEmptyContinuation: Empty continuation line (line 5)",
                        "LegacyKeyValueFormat: \"LABEL key=value\" should be used instead of legacy"
                                + " \"LABEL key value\" format (line 7)");
    }

    @Test
    void aFileMayWantWarningsToBeErrors() {
        assertThatThrownBy(() -> build("# check=error=true\nFROM scratch as a\nCOPY busybox /\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Dockerfile:2:14: lint violation found for rules: FromAsCasing");
        assertThat(events).noneMatch(Event.TaskStarted.class::isInstance);
    }

    @Test
    void theOutputOfACommandIsToldLineByLine() throws IOException {
        build(BASE + "RUN echo one; echo two; echo apart >&2\n");

        assertThat(events)
                .filteredOn(Event.TaskOutput.class::isInstance)
                .extracting(event -> ((Event.TaskOutput) event).line())
                .containsExactlyInAnyOrder("one", "two", "apart")
                .containsSubsequence("one", "two");
    }

    /** A tree without /etc/passwd has no home directories: runc gives such users "/". */
    @Test
    void aCommandSeesOnlyItsOwnEnvironment() throws IOException {
        build(BASE + "ENV A=1\nARG B=2\nRUN env | sort\n");

        assertThat(events)
                .filteredOn(Event.TaskOutput.class::isInstance)
                .extracting(event -> ((Event.TaskOutput) event).line())
                .filteredOn(line -> !line.startsWith("SHLVL=") && !line.startsWith("PWD="))
                .containsExactly(
                        "A=1", "B=2", "HOME=/", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    @Test
    void aFailingCommandNamesItsPlaceAndStatus() {
        assertThatThrownBy(() -> build(BASE + "RUN echo last words; exit 7\n"))
                .isInstanceOfSatisfying(BuildFailedException.class, e -> {
                    assertThat(e.getMessage()).contains("Dockerfile:4").contains("exit status 7");
                    assertThat(e.lastOutput()).containsExactly("last words");
                    assertThat(e.commandStatus()).hasValue(7);
                });
        assertThat(temp.resolve("home/builds")).isEmptyDirectory();
    }

    @Test
    void everyFaultOfTheFileIsToldBeforeAnythingRuns() {
        assertThatThrownBy(() -> build("""
                        FROM scratch
                        RUN --mount=type=ssh true
                        COPY --from=later a b
                        FROM scratch AS later
                        COPY --from=0 a b
                        """))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Dockerfile:3");
        assertThat(events).isEmpty();
    }

    @Test
    void historyAndConfigurationFollowTheInstructions() throws IOException {
        BuildReport report = build("FROM scratch\nARG V=1\nENV E=$V\nCOPY busybox /b\nCMD [\"/b\"]\n");

        assertThat(report.config().history())
                .extracting(line -> line.createdBy() + " " + line.emptyLayer())
                .containsExactly(
                        "ARG V=1 true", "ENV E=1 true", "COPY busybox /b # buildkit false", "CMD [\"/b\"] true");
        assertThat(report.config().config().env())
                .containsExactly("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "E=1");
        assertThat(report.config().config().workingDir()).isEqualTo("/");
        assertThat(report.config().created()).contains(NOW);
    }
}
