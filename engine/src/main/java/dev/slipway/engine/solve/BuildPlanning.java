package dev.slipway.engine.solve;

import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.BuildContexts;
import dev.slipway.engine.plan.BuildChecks;
import dev.slipway.engine.plan.GraphBuilder;
import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.plan.PlanInputs;
import dev.slipway.engine.plan.Planner;
import dev.slipway.engine.plan.StageGraph;
import dev.slipway.engine.request.Definition;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.transfer.SourceImage;
import java.util.LinkedHashMap;
import java.util.Map;

/** From a Dockerfile's text to a plan: everything that can be wrong is told here, before the first instruction runs. */
final class BuildPlanning {
    private final BuildRequest request;
    private final byte[] text;
    private final Dockerfile dockerfile;
    private final BuildContexts contexts;
    private final EventSink events;

    private BuildPlanning(
            BuildRequest request, byte[] text, Dockerfile dockerfile, BuildContexts contexts, EventSink events) {
        this.request = request;
        this.text = text;
        this.dockerfile = dockerfile;
        this.contexts = contexts;
        this.events = events;
    }

    /** @throws InvalidInputException if the text of the Dockerfile is wrong */
    static BuildPlanning read(BuildRequest request, BuildContexts contexts, EventSink events) {
        byte[] text = contexts.dockerfile();
        Dockerfile dockerfile = DockerfileParser.parse(
                request.source().dockerfileName(), text, request.definition().buildArgs());
        return new BuildPlanning(request, text, dockerfile, contexts, events);
    }

    /**
     * Asks for the images that the target needs, checks, and plans.
     *
     * @throws InvalidInputException with everything that is wrong
     */
    PlannedBuild plan(BaseImages bases) {
        Map<ImageKey, SourceImage> images = new LinkedHashMap<>();
        StageGraph graph = GraphBuilder.build(dockerfile, inputs(), keys -> {
            images.putAll(bases.resolve(keys));
            return configs(images);
        });
        check(graph.images());
        Plan plan = Planner.plan(graph, request.definition().labels());
        plan.warnings().forEach(warning -> events.accept(new Event.Warning(warning)));
        return new PlannedBuild(plan, images);
    }

    private PlanInputs inputs() {
        Definition definition = request.definition();
        return new PlanInputs(
                definition.buildArgs(),
                definition.target(),
                definition.platform(),
                definition.sourceDateEpoch(),
                contexts.named(),
                contexts,
                request.commands().grants());
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
                        contexts.main().ignored(),
                        BuildChecks.Images.of(images))
                .ofBuild(request.source().dockerfileName(), text);
        report.findings().forEach(finding -> events.accept(new Event.Warning(finding.problem())));
        report.violation().ifPresent(problem -> {
            throw new InvalidInputException(problem);
        });
    }
}
