package dev.slipway.engine.solve;

import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildReport.LayerReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.engine.context.LocalContext;
import dev.slipway.engine.context.RemoteSources;
import dev.slipway.engine.plan.BuildChecks;
import dev.slipway.engine.plan.GraphBuilder;
import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.plan.PlanInputs;
import dev.slipway.engine.plan.Planner;
import dev.slipway.engine.plan.StageGraph;
import dev.slipway.engine.sandbox.RuncSandbox;
import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.model.History;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.store.FileContentStore;
import dev.slipway.image.store.LayerTrees;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.image.transfer.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a build: Dockerfile text, stages, plan, layers, image, push. Everything that can be wrong is told before
 * the first instruction runs; the manifest is sent after the last one has succeeded.
 */
public final class DockerfileBuilder implements ImageBuilder {
    private final BuildEnvironment environment;

    public DockerfileBuilder(BuildEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public BuildReport build(BuildRequest request) {
        try {
            return buildIn(request);
        } catch (IOException e) {
            throw new MachineException(
                    new Problem(environment.home().toString(), "cannot use the state directory", String.valueOf(e), ""),
                    e);
        }
    }

    private BuildReport buildIn(BuildRequest request) throws IOException {
        long start = System.nanoTime();
        byte[] text = read(request);
        Dockerfile dockerfile = DockerfileParser.parse(request.dockerfileName(), text, request.buildArgs());
        LocalContext context = LocalContext.open(request.context(), request.dockerfile());
        FileContentStore store = FileContentStore.open(environment.home());
        LayerTrees trees = LayerTrees.open(environment.home());
        trees.removeStale();
        Workspace.reap(environment.home()).forEach(left -> environment.events().accept(new Event.Warning(left)));
        BaseImages bases = new BaseImages(environment.sources(), store, trees);
        Map<ImageKey, SourceImage> images = new LinkedHashMap<>();
        StageGraph graph = GraphBuilder.build(dockerfile, inputs(request), keys -> {
            images.putAll(bases.resolve(keys));
            return configs(images);
        });
        check(request, text, context, graph.images());
        Plan plan = Planner.plan(graph, request.labels());
        plan.warnings().forEach(warning -> environment.events().accept(new Event.Warning(warning)));
        ImageAssembly.Assembled image;
        StageResult result;
        try (Workspace workspace = Workspace.open(environment.home())) {
            result = solver(request, plan, images, bases, store, context, workspace)
                    .solve();
            image = assemble(request, plan, result);
        }
        Optional<PushReceipt> receipt = request.push()
                ? Optional.of(environment.target().push(image.image(), request.names()))
                : Optional.empty();
        return new BuildReport(
                image.image().manifestDescriptor().digest(),
                image.config(),
                image.image(),
                layers(image, result),
                request.push() ? request.names() : List.of(),
                receipt,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Tells what the checks find, and ends the build where the file wants findings to be errors. */
    private void check(BuildRequest request, byte[] text, LocalContext context, Map<ImageKey, ImageConfig> images) {
        LintReport report = new BuildChecks(
                        request.buildArgs(),
                        request.target(),
                        request.platform(),
                        context.ignored(),
                        BuildChecks.Images.of(images))
                .ofBuild(request.dockerfileName(), text);
        report.findings().forEach(finding -> environment.events().accept(new Event.Warning(finding.problem())));
        report.violation().ifPresent(problem -> {
            throw new InvalidInputException(problem);
        });
    }

    private Solver solver(
            BuildRequest request,
            Plan plan,
            Map<ImageKey, SourceImage> images,
            BaseImages bases,
            FileContentStore store,
            LocalContext context,
            Workspace workspace) {
        RemoteSources remotes = new RemoteSources(environment.remote(), workspace, environment.events());
        remotes.require(plan.remoteSources());
        CommandRunner commands = new CommandRunner(
                RuncSandbox.open(workspace), plan.hostname(), request.extraHosts(), environment.events());
        Operations operations =
                new Operations(OverlaySnapshotter.open(workspace), commands, context, remotes, environment.events());
        return new Solver(
                plan, images, bases, operations, new LayerExporter(store, Compression.GZIP), environment.clock());
    }

    private static PlanInputs inputs(BuildRequest request) {
        return new PlanInputs(request.buildArgs(), request.target(), request.platform(), request.sourceDateEpoch());
    }

    private ImageAssembly.Assembled assemble(BuildRequest request, Plan plan, StageResult result) {
        return ImageAssembly.assemble(
                plan.image(),
                result.history(),
                result.layers().stream().map(TaskScope::result).toList(),
                plan.epoch().orElseGet(environment.clock()::instant),
                request.format());
    }

    private static Map<ImageKey, ImageConfig> configs(Map<ImageKey, SourceImage> images) {
        Map<ImageKey, ImageConfig> configs = new LinkedHashMap<>();
        images.forEach((key, image) -> configs.put(key, image.config()));
        return configs;
    }

    private static List<LayerReport> layers(ImageAssembly.Assembled image, StageResult result) {
        List<String> lines = image.config().history().stream()
                .filter(line -> !line.emptyLayer())
                .map(History::createdBy)
                .toList();
        List<LayerReport> reports = new ArrayList<>();
        for (int i = 0; i < result.layers().size(); i++) {
            MadeLayer layer = TaskScope.result(result.layers().get(i));
            reports.add(new LayerReport(
                    layer.blob().descriptor().digest(),
                    layer.diffId(),
                    layer.blob().descriptor().size(),
                    i < lines.size() ? lines.get(i) : "",
                    layer.fromBase()));
        }
        return reports;
    }

    /** Where there is no {@code Dockerfile}, one in lower case is taken. */
    private static Path existing(Path file) {
        Path lower = file.resolveSibling("dockerfile");
        return file.endsWith("Dockerfile") && !Files.exists(file) && Files.exists(lower) ? lower : file;
    }

    private static byte[] read(BuildRequest request) {
        try {
            return Files.readAllBytes(existing(request.dockerfile()));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(new Problem(
                    request.dockerfileName(),
                    "there is no such Dockerfile",
                    "",
                    "name it with --file, or in the step"));
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(request.dockerfileName(), "cannot read the Dockerfile", String.valueOf(e), ""));
        }
    }
}
