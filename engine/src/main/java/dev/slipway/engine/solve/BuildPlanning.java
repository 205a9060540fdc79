package dev.slipway.engine.solve;

import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.LocalContext;
import dev.slipway.engine.plan.BuildChecks;
import dev.slipway.engine.plan.GraphBuilder;
import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.plan.PlanInputs;
import dev.slipway.engine.plan.Planner;
import dev.slipway.engine.plan.StageGraph;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.transfer.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** From a Dockerfile's text to a plan: everything that can be wrong is told here, before the first instruction runs. */
final class BuildPlanning {
    private final BuildRequest request;
    private final byte[] text;
    private final Dockerfile dockerfile;
    private final LocalContext context;
    private final EventSink events;

    private BuildPlanning(
            BuildRequest request, byte[] text, Dockerfile dockerfile, LocalContext context, EventSink events) {
        this.request = request;
        this.text = text;
        this.dockerfile = dockerfile;
        this.context = context;
        this.events = events;
    }

    /** @throws InvalidInputException if the Dockerfile is not there, or its text is wrong */
    static BuildPlanning read(BuildRequest request, LocalContext context, EventSink events) {
        byte[] text = text(request.source());
        Dockerfile dockerfile = DockerfileParser.parse(
                request.source().dockerfileName(), text, request.definition().buildArgs());
        return new BuildPlanning(request, text, dockerfile, context, events);
    }

    /**
     * Asks for the images that the target needs, checks, and plans.
     *
     * @throws InvalidInputException with everything that is wrong
     */
    PlannedBuild plan(BaseImages bases) {
        Map<ImageKey, SourceImage> images = new LinkedHashMap<>();
        StageGraph graph = GraphBuilder.build(dockerfile, inputs(request.definition()), keys -> {
            images.putAll(bases.resolve(keys));
            return configs(images);
        });
        check(graph.images());
        Plan plan = Planner.plan(graph, request.definition().labels());
        plan.warnings().forEach(warning -> events.accept(new Event.Warning(warning)));
        return new PlannedBuild(plan, images);
    }

    private static PlanInputs inputs(Definition definition) {
        return new PlanInputs(
                definition.buildArgs(), definition.target(), definition.platform(), definition.sourceDateEpoch());
    }

    private static Map<ImageKey, ImageConfig> configs(Map<ImageKey, SourceImage> images) {
        Map<ImageKey, ImageConfig> configs = new LinkedHashMap<>();
        images.forEach((key, image) -> configs.put(key, image.config()));
        return configs;
    }

    /** Tells what the checks find, and ends the build where the file wants findings to be errors. */
    private void check(Map<ImageKey, ImageConfig> images) {
        LintReport report = new BuildChecks(
                        request.definition().buildArgs(),
                        request.definition().target(),
                        request.definition().platform(),
                        context.ignored(),
                        BuildChecks.Images.of(images))
                .ofBuild(request.source().dockerfileName(), text);
        report.findings().forEach(finding -> events.accept(new Event.Warning(finding.problem())));
        report.violation().ifPresent(problem -> {
            throw new InvalidInputException(problem);
        });
    }

    private static byte[] text(SourceSettings source) {
        try {
            return Files.readAllBytes(existing(source.dockerfile()));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(new Problem(
                    source.dockerfileName(), "there is no such Dockerfile", "", "name it with --file, or in the step"));
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(source.dockerfileName(), "cannot read the Dockerfile", String.valueOf(e), ""));
        }
    }

    /** Where there is no {@code Dockerfile}, one in lower case is taken. */
    private static Path existing(Path file) {
        Path lower = file.resolveSibling("dockerfile");
        return file.endsWith("Dockerfile") && !Files.exists(file) && Files.exists(lower) ? lower : file;
    }
}
