package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Builds as processes of their own, some at a time, of which many are killed at random moments. */
final class DisturbedBuilds {
    private static final List<String> SIGNALS = List.of("KILL", "TERM", "INT");
    private static final int KILLED_PERCENT = 75;
    private static final long LIMIT_SECONDS = 300;
    private static final long LOOK_MILLIS = 5;

    private final SplittableRandom random;
    private final long lines;
    private final long longestMillis;

    /**
     * Kills by progress, and not by time, which depends on what else the machine does.
     *
     * @param lines that an undisturbed build writes about its progress
     * @param longestMillis that are waited after a line
     */
    DisturbedBuilds(long seed, long lines, long longestMillis) {
        this.random = new SplittableRandom(seed);
        this.lines = lines;
        this.longestMillis = longestMillis;
    }

    /** When somebody is to be killed, and how. */
    private record Disturbance(String signal, long afterLines, long afterMillis) {
        /** Waits for the moment; false if the process ends before. */
        boolean await(Process process, Path progress) throws IOException, InterruptedException {
            while (afterLines > 0 && lines(progress) < afterLines) {
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return !process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        }

        private static long lines(Path progress) throws IOException {
            return Files.readString(progress).lines().count();
        }
    }

    /**
     * What came of a build.
     *
     * @param variant which of the builds it was
     * @param signal that it got, if any
     */
    record Outcome(int variant, Optional<String> signal, int status, String output, String errors) {
        /** Of the image's manifest, for a build that has succeeded. */
        String digest() {
            return DisturbedBuilds.digest(output);
        }
    }

    /** The digest that a build has printed. */
    static String digest(String output) {
        return output.lines()
                .filter(line -> line.startsWith("digest "))
                .map(line -> line.substring("digest ".length()))
                .findFirst()
                .orElse("");
    }

    /** Runs all of them, so many at a time; the variants take turns. */
    List<Outcome> run(List<Command> variants, int count, int parallel) throws Exception {
        List<Callable<Outcome>> builds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int variant = i % variants.size();
            Optional<Disturbance> disturbance = disturbance();
            builds.add(() -> run(variants.get(variant), variant, disturbance));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(parallel)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> build : pool.invokeAll(builds)) {
                outcomes.add(build.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private Optional<Disturbance> disturbance() {
        return random.nextInt(100) < KILLED_PERCENT
                ? Optional.of(new Disturbance(
                        SIGNALS.get(random.nextInt(SIGNALS.size())),
                        random.nextLong(lines),
                        random.nextLong(longestMillis)))
                : Optional.empty();
    }

    private static Outcome run(Command command, int variant, Optional<Disturbance> disturbance)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("disturbed", ".out");
        Path err = Files.createTempFile("disturbed", ".err");
        ProcessBuilder builder = command.builder();
        // Whoever starts this test in the background has interrupts ignored, by all that it starts in turn.
        builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        Optional<String> sent = Optional.empty();
        if (disturbance.isPresent() && disturbance.get().await(process, err)) {
            sent = Optional.of(disturbance.get().signal());
            Command.of("kill", "-" + sent.get(), Long.toString(process.pid())).run();
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within " + LIMIT_SECONDS + " s: " + Files.readString(err));
        }
        Outcome outcome = new Outcome(variant, sent, process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return outcome;
    }
}
