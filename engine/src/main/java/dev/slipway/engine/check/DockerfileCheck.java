package dev.slipway.engine.check;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.engine.context.LocalContext;
import dev.slipway.engine.plan.BuildChecks;
import dev.slipway.engine.plan.Grants;
import dev.slipway.engine.plan.GraphBuilder;
import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.PlanInputs;
import dev.slipway.engine.plan.Planner;
import dev.slipway.engine.plan.StageGraph;
import dev.slipway.engine.plan.Unsupported;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.transfer.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a Dockerfile as a build does, runs its checks, and does nothing of what it says. */
public final class DockerfileCheck {
    private final Optional<ImageSource> images;
    private final EventSink events;

    private DockerfileCheck(Optional<ImageSource> images, EventSink events) {
        this.images = images;
        this.events = requireNonNull(events, "events is null");
    }

    /** Asks nobody about base images: checks that need to know them claim nothing. */
    public static DockerfileCheck offline(EventSink events) {
        return new DockerfileCheck(Optional.empty(), events);
    }

    /** Asks for the configuration of base images; one that cannot be had is told and passed over. */
    public static DockerfileCheck asking(ImageSource images, EventSink events) {
        return new DockerfileCheck(Optional.of(images), events);
    }

    /**
     * Looks at the text alone.
     *
     * @return no findings, but every fault of the syntax
     * @throws InvalidInputException if the file cannot be read
     */
    public static CheckedFile syntax(CheckRequest request) {
        byte[] text = read(request);
        List<Problem> faults = DockerfileParser.read(request.dockerfileName(), text, request.buildArgs())
                .faults();
        return CheckedFile.of(request.dockerfileName(), text, new LintReport(List.of(), faults, false));
    }

    /**
     * Runs all checks, and tells also why a build would be refused before it did anything. What the file may say and only
     * this version cannot build is a note and no fault.
     *
     * @throws InvalidInputException if the file or the {@code .dockerignore} cannot be read
     */
    public CheckedFile check(CheckRequest request) {
        byte[] text = read(request);
        LocalContext context = LocalContext.open(request.context(), request.dockerfile());
        KnownImages known = new KnownImages(images, events);
        LintReport report = new BuildChecks(
                        request.buildArgs(), request.target(), request.platform(), context.ignored(), known::find)
                .ofFile(request.dockerfileName(), text);
        List<Problem> faults = new ArrayList<>(report.faults());
        if (faults.isEmpty()) {
            for (Problem refusal : refusals(request, text, known)) {
                if (Unsupported.isOurs(refusal)) {
                    events.accept(new Event.Note("slipway build would refuse " + refusal));
                } else {
                    faults.add(refusal);
                }
            }
        }
        LintReport whole = new LintReport(report.findings(), faults, report.failing());
        return CheckedFile.of(request.dockerfileName(), text, whole);
    }

    private static List<Problem> refusals(CheckRequest request, byte[] text, KnownImages known) {
        try {
            PlanInputs inputs = new PlanInputs(
                            request.buildArgs(), request.target(), request.platform(), Optional.empty())
                    .withGrants(Grants.EVERYTHING);
            StageGraph graph = GraphBuilder.build(
                    DockerfileParser.parse(request.dockerfileName(), text, request.buildArgs()),
                    inputs,
                    keys -> found(known, keys));
            Planner.plan(graph, Map.of());
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }

    private static Map<ImageKey, ImageConfig> found(KnownImages known, Collection<ImageKey> keys) {
        Map<ImageKey, ImageConfig> configs = new LinkedHashMap<>();
        keys.forEach(key -> known.find(key).ifPresent(config -> configs.put(key, config)));
        return configs;
    }

    private static byte[] read(CheckRequest request) {
        try {
            return Files.readAllBytes(request.dockerfile());
        } catch (NoSuchFileException _) {
            throw new InvalidInputException(Problem.of("there is no such Dockerfile")
                    .at(request.dockerfileName())
                    .remedy("name it with --file"));
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of("cannot read the Dockerfile", String.valueOf(e)).at(request.dockerfileName()));
        }
    }
}
