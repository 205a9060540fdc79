package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Dockerfile of {@code src/test/resources/dockerfiles} means the same to {@code buildah --format docker} and to us:
 * one tree, one configuration. Where buildah is known to differ from the Dockerfile reference, the case has a file
 * {@code differs}, each line of which is {@code tree PATH = VALUE} or {@code config NAME = VALUE} with what the reference
 * asks for, and a comment that says why.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerBuildIT {
    private static final Path CASES = Path.of("src/test/resources/dockerfiles").toAbsolutePath();

    @TempDir
    static Path temp;

    private LoopbackRegistry registry;
    private Buildah buildah;
    private SlipwayCommand slipway;

    @BeforeAll
    void start() throws IOException {
        registry = LoopbackRegistry.start(temp);
        buildah = new Buildah(temp, registry.host());
        slipway = new SlipwayCommand(Files.createDirectory(temp.resolve("home")), registry.host());
        Path base = Files.createDirectory(temp.resolve("base"));
        BusyboxRootfs.make(base);
        buildah.buildAndPush(base, List.of(), registry.host() + "/library/busybox:1.36");
    }

    @AfterAll
    void stop() {
        registry.close();
        Command.of("rm", "-rf", temp.toString()).run();
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.map(directory -> directory.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void buildsWhatThePeerBuilds(String name) throws IOException {
        Path work = Files.createDirectory(temp.resolve(name));
        Path context = copyOf(CASES.resolve(name), work.resolve("context"));
        List<String> options = options(context);
        String theirs = registry.host() + "/theirs/" + name + ":1";
        String ours = registry.host() + "/ours/" + name + ":1";

        buildah.buildAndPush(context, options, theirs);
        slipway.buildAndPush(context, options, ours);

        PulledImage expected = PulledImage.pull(theirs, Files.createDirectory(work.resolve("theirs")));
        PulledImage actual = PulledImage.pull(ours, Files.createDirectory(work.resolve("ours")));
        Differences differences = Differences.read(CASES.resolve(name));
        assertThat(difference(differences.applyToConfig(expected.settings()), actual.settings()))
                .as("configuration of " + name)
                .isEmpty();
        assertThat(difference(differences.applyToTree(expected.tree()), actual.tree()))
                .as("tree of " + name)
                .isEmpty();
    }

    private static List<String> difference(Map<String, String> expected, Map<String, String> actual) {
        List<String> lines = new ArrayList<>();
        expected.forEach((path, entry) -> {
            String found = actual.getOrDefault(path, "(missing)");
            if (!found.equals(entry)) {
                lines.add(path + " is " + found + ", expected " + entry);
            }
        });
        actual.forEach((path, entry) -> {
            if (!expected.containsKey(path)) {
                lines.add(path + " is " + entry + ", expected (missing)");
            }
        });
        return lines;
    }

    /** The case as a build context: without what belongs to the test, with what {@code prepare.sh} makes. */
    private static Path copyOf(Path source, Path context) throws IOException {
        Command.of("cp", "-a", source.toString(), context.toString()).run().mustSucceed();
        Files.deleteIfExists(context.resolve("differs"));
        Path prepare = context.resolve("prepare.sh");
        if (Files.exists(prepare)) {
            Command.of("sh", "prepare.sh").in(context).run().mustSucceed();
            Files.delete(prepare);
        }
        return context;
    }

    private static List<String> options(Path context) throws IOException {
        Path file = context.resolve("options");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file).strip();
        Files.delete(file);
        return List.of(text.split("\\s+"));
    }
}
