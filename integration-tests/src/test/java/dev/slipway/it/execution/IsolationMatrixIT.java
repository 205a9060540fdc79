package dev.slipway.it.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Command;
import dev.slipway.it.OrdinaryUser;
import dev.slipway.it.UnprivilegedContainer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases of {@code src/test/resources/execution} give the same images, layer by layer, and the same refusals, whatever
 * isolation they are built with: as root, as an ordinary user in a user namespace, and in a container that may not mount. A tenth of them at
 * {@code slipway.cases=1}, all at 10.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationMatrixIT {
    private static final Path CASES = Path.of("src/test/resources/execution").toAbsolutePath();
    private static final int ALL = 10;
    private static final Pattern ROOT = Pattern.compile(Pattern.quote("isolation: oci (overlay mounts, as root)"));
    private static final Pattern ROOTLESS = Pattern.compile(
            Pattern.quote("isolation: oci, rootless (overlay mounts in a user namespace of 65536 users)"));
    private static final Pattern CHROOT = Pattern.compile("isolation: chroot \\(no overlay can be mounted here: .+\\);"
            + " commands have no /proc and share the network of this machine, layers are not proved");

    /** What a user namespace cannot do, whoever asks, and why. */
    private static final Map<String, String> NOT_ROOTLESS = Map.of(
            "copy/special-files-from-a-stage", "a command makes a device node, for which the kernel wants root",
            "run-confined/insecure", "the same, though it has all capabilities",
            "run-confined/network-none", "it lists /sys/class/net, which is the machine's there");

    /** What a changed root cannot keep apart: refused before the first step. */
    private static final List<String> REFUSED_IN_CHROOT =
            List.of("run-confined/insecure", "run-confined/network-none", "run-confined/network-of-the-build");

    /** What else a changed root does not give, and why. */
    private static final Map<String, String> NOT_CHROOT = Map.of(
            "run-confined/network-host", "it reads /proc",
            "run-mount/tmpfs", "it reads /proc, and is held to a size",
            "heredoc/run-shebang-is-read-only", "a copy can be written, and what is written is lost",
            "run-mount/bind-is-read-only", "a copy can be written, and what is written is lost",
            "run-mount/cache", "it tries to write into a cache that is read-only, which is lost",
            "run-mount/bind-from-stage", "a file opened for writing and not written: an overlay has it in the layer",
            "run-mount/secret", "a file opened for writing and not written: an overlay has it in the layer");

    @TempDir
    static Path temp;

    private OrdinaryUser user;
    private Path base;

    @BeforeAll
    void makeUserAndBase() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("base"));
        BaseImage.make(directory);
        base = temp.resolve("base-layout");
        new Peer(Files.createDirectory(temp.resolve("peer"))).makeBase(directory, base);
        user = OrdinaryUser.withRanges();
    }

    @AfterAll
    void removeThem() {
        user.close();
        Command.of("rm", "-rf", temp.toString()).run();
    }

    private static List<String> chosen(long seed, Map<String, String> not) throws IOException {
        List<String> names = new ArrayList<>();
        String only = System.getProperty("slipway.case", "");
        try (Stream<Path> files = Files.walk(CASES)) {
            files.filter(file -> file.toString().endsWith(".case"))
                    .map(file -> CASES.relativize(file).toString().replace(".case", ""))
                    .filter(name -> name.contains(only) && !not.containsKey(name))
                    .sorted()
                    .forEach(names::add);
        }
        int factor = only.isEmpty() ? Integer.getInteger("slipway.cases", 1) : ALL;
        Collections.shuffle(names, new Random(seed));
        return names.subList(0, Math.min(names.size(), (names.size() * factor + ALL - 1) / ALL));
    }

    @Test
    void anOrdinaryUserGetsTheLayersThatRootGets() throws Exception {
        long seed = seed();
        List<String> names = chosen(seed, NOT_ROOTLESS);
        Path work = user.own(Files.createDirectory(user.home().resolve("work")));
        List<String> program =
                program(classPath(), user.show(CASES, "cases"), user.show(base, "base"), work, List.of("-Xmx256m"));

        compare("rootless", user.inNamespace(program.toArray(String[]::new)), names, ROOTLESS, seed);
    }

    /** Where nothing can be mounted, as in a container of docker's defaults. */
    @Test
    void aContainerThatMayNotMountGetsTheLayersThatRootGets() throws Exception {
        long seed = seed();
        Map<String, String> not = new TreeMap<>(NOT_CHROOT);
        REFUSED_IN_CHROOT.forEach(name -> not.put(name, "refused"));

        compare("chroot", inContainer("same"), chosen(seed, not), CHROOT, seed);
    }

    @Test
    void whatAChangedRootCannotKeepApartIsRefusedBeforeTheFirstStep() throws Exception {
        for (String line : outcomes("refused", inContainer("refused"), REFUSED_IN_CHROOT)) {
            assertThat(line)
                    .contains("\trefused with status 5 before the first step Dockerfile:2:1: RUN ")
                    .contains("run where --isolation=oci is possible");
        }
    }

    private Command inContainer(String name) throws IOException {
        Path work = Files.createDirectory(temp.resolve("container-" + name));
        List<String> program = program(
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CASES,
                base,
                Files.createDirectory(work.resolve("work")),
                List.of("-Xmx256m", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + work));
        return new UnprivilegedContainer(work).command(Map.of(), program);
    }

    private static long seed() {
        return Long.getLong("slipway.seed", new Random().nextLong());
    }

    private void compare(String where, Command elsewhere, List<String> names, Pattern isolation, long seed)
            throws Exception {
        CaseBatch batch = new CaseBatch(CASES, base, Files.createDirectory(temp.resolve(where + ".root")));
        Map<String, String> expected = new TreeMap<>();
        for (String name : names) {
            put(expected, batch.run(name), ROOT);
        }
        Map<String, String> found = new TreeMap<>();
        for (String line : outcomes(where, elsewhere, names)) {
            put(found, line, isolation);
        }
        assertThat(found.keySet()).as("-Dslipway.seed=" + seed).isEqualTo(expected.keySet());
        assertThat(differing(expected, found)).as("-Dslipway.seed=" + seed).isEmpty();
    }

    private static List<String> outcomes(String where, Command elsewhere, List<String> names) throws Exception {
        Path input = Files.writeString(temp.resolve(where + ".names"), String.join("\n", names));
        Path output = temp.resolve(where + ".out");
        Path errors = temp.resolve(where + ".err");
        Process process = elsewhere
                .builder()
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output);
    }

    private static List<String> differing(Map<String, String> expected, Map<String, String> found) {
        return expected.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(found.get(entry.getKey())))
                .map(entry -> entry.getKey() + "\n  as root: " + entry.getValue() + "\n  here:    "
                        + found.get(entry.getKey()))
                .toList();
    }

    /** Notes the outcome by name, and holds the build to its isolation. */
    private static void put(Map<String, String> outcomes, String line, Pattern isolation) {
        String[] fields = line.split("\t", 3);
        outcomes.put(fields[0], fields[2]);
        if (!fields[1].isEmpty() || !fields[2].startsWith("refused")) {
            assertThat(fields[1]).as("isolation of " + fields[0]).matches(isolation);
        }
    }

    /** One JVM for all cases. */
    private static List<String> program(String classPath, Path cases, Path layout, Path work, List<String> options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, CaseBatch.class.getName()));
        words.addAll(List.of(cases.toString(), layout.toString(), work.toString()));
        return words;
    }

    /** Copies of everything on the class path of this test, which lies where only root can read. */
    private String classPath() {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            Path original = Path.of(entry);
            if (Files.exists(original)) {
                String name = "class-path-" + copies.size() + (Files.isDirectory(original) ? "" : ".jar");
                copies.add(user.show(original, name).toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }
}
