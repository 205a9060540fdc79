package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Builds in a row, 8 at a time on one store, killed at random: 20, and 200 where {@code slipway.cases} is 10. Every build
 * that succeeds makes the image that an undisturbed one makes, and after one more build nothing is left of the others.
 */
@Isolated("counts what is left among the control groups and mounts of the whole machine")
class KilledBuildsIT {
    private static final int BUILDS = 20 * Integer.getInteger("slipway.cases", 1);
    private static final int PARALLEL = 8;
    private static final String REPOSITORY = "team/out";
    private static final int VARIANTS = 3;
    /** A build is not killed later than this part of its usual time after a line. */
    private static final int PAUSES = 4;

    /** How a process ends that was told to: in an orderly way, by the JVM's own, or at once. */
    private static final Map<String, Set<Integer>> STATUSES =
            Map.of("INT", Set.of(0, 130), "TERM", Set.of(0, 130, 143), "KILL", Set.of(0, 137));

    @TempDir
    static Path temp;

    @Test
    void whateverIsKilledTheStoreStaysWholeAndTheImagesRight() throws Exception {
        long seed = Long.getLong("slipway.seed", System.nanoTime());
        try (Workbench bench = Workbench.open(temp)) {
            List<Path> contexts = contexts(bench);
            Path undisturbed = Files.createDirectory(temp.resolve("undisturbed"));
            Files.createDirectory(temporary(undisturbed));
            long start = System.nanoTime();
            List<Command.Result> usual = inARow(builds(bench, undisturbed, contexts));
            long oneMillis = (System.nanoTime() - start) / 1_000_000 / VARIANTS;
            List<String> expected = digests(usual);
            long lines = usual.getFirst().err().lines().count();
            Path home = Files.createDirectory(temp.resolve("disturbed"));
            Files.createDirectory(temporary(home));

            List<DisturbedBuilds.Outcome> outcomes = new DisturbedBuilds(seed, lines, oneMillis / PAUSES)
                    .run(builds(bench, home, contexts), BUILDS, PARALLEL);

            String how = "-Dslipway.seed=" + seed;
            outcomes.forEach(outcome -> check(how, outcome, expected));
            assertThat(digests(inARow(builds(bench, home, contexts)))).as(how).isEqualTo(expected);
            nothingIsLeft(how, home);
            storeIsWhole(how, home, undisturbed);
            assertThat(pushed()).as(how).isEqualTo(Set.copyOf(expected));
            assertThat(outcomes)
                    .as(how)
                    .filteredOn(outcome -> outcome.signal().isPresent())
                    .hasSizeGreaterThan(BUILDS / 5);
            System.out.println(summary(how, outcomes));
        }
    }

    /** Each on an image of its own, so that pulling and unpacking are disturbed, too. */
    private static List<Path> contexts(Workbench bench) throws IOException {
        List<Path> contexts = new ArrayList<>();
        for (int i = 0; i < VARIANTS; i++) {
            Path base = bench.context("base" + i, """
                    FROM busybox:1.36
                    RUN mkdir /files && for i in $(seq 1 500); do echo "%d $i" > /files/$i; done
                    RUN rm /files/1 && ln /files/2 /files/hard && dd if=/dev/urandom of=/noise bs=1M count=2
                    """.formatted(i));
            bench.slipway().buildAndPush(base, List.of(), bench.registry().host() + "/library/base:" + i);
            Path context = bench.context("context" + i, """
                    FROM base:%1$d AS first
                    RUN seq 1 60000 > /first && sleep 0.2 && rm -r /files
                    FROM base:%1$d AS second
                    RUN sleep 0.1 && seq 60000 90000 > /second
                    FROM base:%1$d
                    COPY --from=first /first /
                    COPY --from=second /second /
                    COPY . /context/
                    RUN cat /first /second | sort -r > /sorted && rm /files/3
                    """.formatted(i));
            Files.write(context.resolve("large"), new byte[3_000_000 + i]);
            contexts.add(context);
        }
        return contexts;
    }

    private static List<Command> builds(Workbench bench, Path home, List<Path> contexts) {
        SlipwayCommand slipway = new SlipwayCommand(home, bench.registry().host());
        return contexts.stream()
                .map(context -> slipway.build(
                                "--reproducible",
                                "--push",
                                "-t",
                                bench.registry().host() + "/" + REPOSITORY,
                                ".")
                        .in(context)
                        .env("SLIPWAY_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary(home)))
                .toList();
    }

    /** Where a build that is killed would leave its temporary files. */
    private static Path temporary(Path home) {
        return temp.resolve(home.getFileName() + "-tmp");
    }

    private static List<Command.Result> inARow(List<Command> builds) {
        return builds.stream().map(build -> build.run().mustSucceed()).toList();
    }

    private static List<String> digests(List<Command.Result> builds) {
        return builds.stream()
                .map(result -> DisturbedBuilds.digest(result.out()))
                .toList();
    }

    private static void check(String how, DisturbedBuilds.Outcome outcome, List<String> expected) {
        String what = how + ", signal " + outcome.signal() + ": " + outcome.errors();
        assertThat(outcome.status())
                .as(what)
                .isIn(outcome.signal().map(STATUSES::get).orElse(Set.of(0)));
        if (outcome.status() == 0) {
            assertThat(outcome.digest()).as(what).isEqualTo(expected.get(outcome.variant()));
        }
    }

    private static void nothingIsLeft(String how, Path home) throws IOException {
        assertThat(Leftovers.mounts(home)).as(how).isEmpty();
        assertThat(Leftovers.processes(home.toString())).as(how).isEmpty();
        assertThat(Leftovers.controlGroups()).as(how).isEmpty();
        for (String place : List.of("builds", "tmp", "trees/unfinished")) {
            assertThat(Leftovers.children(home.resolve(place))).as(how).isEmpty();
        }
        assertThat(Leftovers.children(temporary(home))).as(how).isEmpty();
    }

    /** Every blob is what its name says, and every tree what it is in a store where nothing was killed. */
    private static void storeIsWhole(String how, Path home, Path undisturbed) throws IOException {
        for (Path blob : Leftovers.children(home.resolve("blobs/sha256"))) {
            String found = Command.of("sha256sum", "-b", blob.toString())
                    .run()
                    .mustSucceed()
                    .out();
            assertThat(found).as(how).startsWith(blob.getFileName() + " ");
        }
        assertThat(names(home.resolve("trees/sha256"))).as(how).isEqualTo(names(undisturbed.resolve("trees/sha256")));
        Set<String> expected = listing(undisturbed);
        Set<String> found = listing(home);
        assertThat(found).filteredOn(line -> !expected.contains(line)).as(how).isEmpty();
        assertThat(expected).filteredOn(line -> !found.contains(line)).as(how).isEmpty();
    }

    /** All about every node of every unpacked layer, but for the times of marks; files by content. */
    private static Set<String> listing(Path home) {
        return Command.of("sh", "-c", """
                        find . -mindepth 3 -type d -printf '%P %m %U:%G %T@\\n' \\
                            -o -type c -printf '%P %y\\n' -o -printf '%P %y %m %U:%G %n %s %l %T@\\n'
                        find . -mindepth 3 -type f -print0 | xargs -0 sha256sum
                        """)
                .in(home.resolve("trees/sha256"))
                .run()
                .mustSucceed()
                .out()
                .lines()
                .collect(Collectors.toSet());
    }

    /** Every manifest that was ever sent; the registry keeps them all. */
    private static Set<String> pushed() throws IOException {
        Path manifests = temp.resolve("registry/docker/registry/v2/repositories")
                .resolve(REPOSITORY)
                .resolve("_manifests/revisions/sha256");
        return names(manifests).stream().map(name -> "sha256:" + name).collect(Collectors.toSet());
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static String summary(String how, List<DisturbedBuilds.Outcome> outcomes) {
        return how + ": "
                + outcomes.stream()
                        .collect(Collectors.groupingBy(
                                outcome -> outcome.signal().orElse("undisturbed") + " " + outcome.status(),
                                Collectors.counting()));
    }
}
