package dev.slipway.it.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.image.model.Platform;
import dev.slipway.it.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every case of {@code src/test/resources/execution} gives the tree, the configuration and the history that it says, built
 * by the real engine and unpacked by {@code umoci}; and {@code buildah} gives the same, or the case says what it gives
 * instead.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ExecutionIT {
    private static final Path CASES = Path.of("src/test/resources/execution").toAbsolutePath();
    private static final Pattern CHECK = Pattern.compile("[A-Z][A-Za-z]+: .*");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path temp;

    private Peer peer;
    private Built base;

    @BeforeAll
    void makeTheBase() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("base"));
        BaseImage.make(directory);
        peer = new Peer(Files.createDirectory(temp.resolve("peer")));
        peer.makeBase(directory, temp.resolve("base-layout"));
        base = Built.unpack(
                temp.resolve("base-layout"),
                "1.36",
                Built.config(temp.resolve("base-layout"), "1.36"),
                temp.resolve("base-tree"));
    }

    /** A build of several stages that fails leaves the peer's trees mounted. */
    @AfterAll
    void removeEverything() {
        String mounts = "cut -d ' ' -f 2 /proc/mounts | grep '^" + temp + "/' | sort -r | xargs -r umount -l";
        Command.of("sh", "-c", mounts).run();
        Command.of("rm", "-rf", temp.toString()).run();
    }

    static List<String> cases() throws IOException {
        String only = System.getProperty("slipway.case", "");
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(file -> file.toString().endsWith(".case"))
                    .map(file -> CASES.relativize(file).toString().replace(".case", ""))
                    .filter(name -> name.contains(only))
                    .sorted()
                    .toList();
        }
    }

    static List<String> casesForThePeer() throws IOException {
        List<String> asked = new ArrayList<>();
        for (String name : cases()) {
            if (!read(name).peer().outcome().equals("not asked")) {
                asked.add(name);
            }
        }
        return asked;
    }

    private static ExecutionCase read(String name) throws IOException {
        return CaseFile.parse(name, Files.readString(CASES.resolve(name + ".case")));
    }

    private static Path work(String name, String side) throws IOException {
        return Files.createDirectories(
                temp.resolve("work").resolve(name.replace('/', '.')).resolve(side));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatTheRuleAsksFor(String name) throws IOException {
        ExecutionCase test = read(name);
        InProcess ours = new InProcess(temp.resolve("home"), temp.resolve("base-layout"), work(name, "ours"));
        switch (test.expected()) {
            case ExecutionCase.Refusal refusal ->
                assertThatThrownBy(() -> ours.build(test)).isInstanceOfSatisfying(SlipwayException.class, error -> {
                    assertThat(error.getMessage()).contains(refusal.fragments());
                    assertThat(ExitStatus.of(error).code()).isEqualTo(refusal.status());
                });
            case ExecutionCase.Image expected -> {
                Built built = ours.build(test);
                List<String> wrong = new ArrayList<>();
                Built below = built.isOn(base) ? base : scratch();
                wrong.addAll(Listings.differences(expected.tree(), Listings.changes(below.tree(), built.tree())));
                wrong.addAll(Listings.differences(settings(below, expected.config()), compared(expected, built)));
                assertThat(wrong).as("tree and configuration of " + name).isEmpty();
                assertThat(built.history()
                                .subList(below.history().size(), built.history().size()))
                        .isEqualTo(expected.history());
            }
        }
        tells(test, ours.events());
    }

    private static void tells(ExecutionCase test, List<Event> events) {
        List<String> output = events.stream()
                .filter(Event.TaskOutput.class::isInstance)
                .map(event -> ((Event.TaskOutput) event).line())
                .toList();
        if (!test.output().isEmpty()) {
            assertThat(output).containsSubsequence(test.output());
        }
        List<String> warnings = events.stream()
                .filter(Event.Warning.class::isInstance)
                .map(event -> ((Event.Warning) event).problem().toString())
                .toList();
        for (String fragment : test.warnings()) {
            assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains(fragment));
        }
        if (test.onlyWarnings()) {
            assertThat(warnings)
                    .filteredOn(warning -> test.warnings().stream().noneMatch(warning::contains))
                    .allMatch(warning -> CHECK.matcher(warning).matches());
        }
    }

    @ParameterizedTest
    @MethodSource("casesForThePeer")
    void thePeerAgreesOrTheDifferenceIsWrittenDown(String name) throws IOException {
        ExecutionCase test = read(name);
        Peer.Outcome outcome = peer.build(test, work(name, "peer"));
        ExecutionCase.Peer note = test.peer();
        boolean builds = outcome.built() != null;
        switch (test.expected()) {
            case ExecutionCase.Refusal _ ->
                assertThat(builds)
                        .as("the peer builds " + name)
                        .isEqualTo(note.outcome().equals("accepts"));
            case ExecutionCase.Image expected -> {
                assertThat(builds)
                        .as("the peer builds " + name + ": " + note.why() + " " + outcome.complaint())
                        .isEqualTo(note.outcome().isEmpty());
                if (outcome.built() != null) {
                    assertThat(differences(expected, note, outcome.built()))
                            .as("what the peer gives for " + name)
                            .isEmpty();
                }
            }
        }
    }

    private List<String> differences(ExecutionCase.Image expected, ExecutionCase.Peer note, Built theirs) {
        Built below = theirs.isOn(base) ? base : scratch();
        Map<String, TreeLine> tree = new TreeMap<>();
        expected.tree().forEach(line -> tree.put(line.path(), line));
        note.tree().forEach((path, text) -> {
            if (text.isEmpty()) {
                tree.remove(path);
            } else {
                tree.put(path, TreeLine.parse(path + " " + text));
            }
        });
        Map<String, JsonNode> config = settings(below, expected.config());
        note.config().forEach((name, text) -> {
            if (text.isEmpty()) {
                config.remove(name);
            } else {
                config.put(name, JSON.readTree(text));
            }
        });
        Map<String, JsonNode> found = compared(expected, theirs);
        forgetWhatAlwaysDiffers(note, config, found);
        List<String> wrong =
                Listings.differences(List.copyOf(tree.values()), Listings.changes(below.tree(), theirs.tree()));
        wrong.addAll(Listings.differences(config, found));
        return wrong;
    }

    /** buildah leaves the working directory of an image without a base empty. */
    private static void forgetWhatAlwaysDiffers(
            ExecutionCase.Peer note, Map<String, JsonNode> config, Map<String, JsonNode> found) {
        JsonNode root = JSON.readTree("\"/\"");
        if (!note.config().containsKey("WorkingDir") && !found.containsKey("WorkingDir")) {
            config.remove("WorkingDir", root);
        }
    }

    /** What an image without a base begins with. */
    private static Built scratch() {
        return new Built(
                JSON.readTree("""
                {"architecture": "%s", "os": "linux", "config": {
                   "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], "WorkingDir": "/"}}
                """.formatted(Platform.host().architecture())),
                Map.of("/", new Listing.Node("dir 0755 0:0", 0, 0)));
    }

    private static Map<String, JsonNode> settings(Built base, Map<String, JsonNode> changes) {
        Map<String, JsonNode> settings = new TreeMap<>(base.settings());
        changes.forEach((name, value) -> {
            if (value.isNull()) {
                settings.remove(name);
            } else {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** Without what is not a part of the image's meaning, unless the case speaks of it. */
    private static Map<String, JsonNode> compared(ExecutionCase.Image expected, Built built) {
        Map<String, JsonNode> found = built.settings();
        for (String name : List.of("ArgsEscaped", "Hostname", "Image", "variant")) {
            if (!expected.config().containsKey(name)) {
                found.remove(name);
            }
        }
        return found;
    }
}
