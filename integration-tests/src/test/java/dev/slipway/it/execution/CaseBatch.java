package dev.slipway.it.execution;

import dev.slipway.engine.BuildReport;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Builds cases one after the other, where it is started, so that what comes of them can be compared with what comes of
 * them elsewhere. A line each: the name, a tab, and the outcome, in which the same image is the same text.
 *
 * @param cases the directory of all cases
 * @param base layout of the base image
 * @param work an empty directory
 */
record CaseBatch(Path cases, Path base, Path work) {
    private static final String ISOLATION = "isolation: ";

    /** Writes to standard output what becomes of the cases that are named on standard input. */
    public static void main(String[] arguments) throws IOException {
        CaseBatch batch = new CaseBatch(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        List<String> names = new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String name : names) {
            out.println(batch.run(name));
        }
    }

    /** Builds a case. */
    String run(String name) throws IOException {
        ExecutionCase test = CaseFile.parse(name, Files.readString(cases.resolve(name + ".case")));
        Path directory = Files.createDirectories(work.resolve(name.replace('/', '.')));
        InProcess builder = new InProcess(work.resolve("home"), base, directory, true);
        String outcome;
        try {
            BuildReport report = builder.report(test);
            outcome = report.digest() + " "
                    + report.layers().stream()
                            .map(layer -> layer.diffId().toString())
                            .collect(Collectors.joining(" "));
        } catch (SlipwayException e) {
            outcome = "refused with status " + ExitStatus.of(e).code()
                    + (hasBegun(builder) ? " " : " before the first step ")
                    + String.valueOf(e.getMessage()).replace('\n', ' ').replace(work.toString(), "WORK");
        }
        return name + "\t" + isolation(builder) + "\t" + outcome;
    }

    private static boolean hasBegun(InProcess builder) {
        return builder.events().stream().anyMatch(Event.TaskStarted.class::isInstance);
    }

    /** What the build said it works with; empty where it was refused before. */
    private static String isolation(InProcess builder) {
        return builder.events().stream()
                .filter(Event.Note.class::isInstance)
                .map(event -> ((Event.Note) event).text())
                .filter(text -> text.startsWith(ISOLATION))
                .findFirst()
                .orElse("");
    }
}
