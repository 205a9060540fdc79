package dev.slipway.engine.solve;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport.LayerReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.BuildContexts;
import dev.slipway.engine.context.RemoteSources;
import dev.slipway.engine.emulate.Emulators;
import dev.slipway.engine.isolation.Ability;
import dev.slipway.engine.isolation.Isolation;
import dev.slipway.engine.mount.CommandMounting;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.request.HostSettings.Limits;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.linux.ControlGroupLimits;
import dev.slipway.foundation.linux.ControlGroups;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.LayerExport;
import dev.slipway.image.model.History;
import dev.slipway.image.store.ContentStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Carries out one plan in a workspace: one target for one platform becomes one image. */
final class SingleBuild {
    private final BuildEnvironment environment;
    private final BuildRequest request;
    private final BuildContexts contexts;
    private final RemoteSources remotes;
    private final ContentStore store;
    private final BaseImages bases;
    private final Isolation isolation;

    SingleBuild(
            BuildEnvironment environment,
            BuildRequest request,
            BuildContexts contexts,
            RemoteSources remotes,
            ContentStore store,
            BaseImages bases,
            Isolation isolation) {
        this.environment = environment;
        this.request = request;
        this.contexts = contexts;
        this.remotes = remotes;
        this.store = store;
        this.bases = bases;
        this.isolation = isolation;
    }

    /**
     * What came of it.
     *
     * @param layers base first, in the manifest's order
     */
    record Built(ImageAssembly.Assembled image, List<LayerReport> layers) {
        Built {
            layers = List.copyOf(layers);
        }
    }

    /** Runs the plan; the layers are in the store, or where the base image came from, when it returns. */
    Built run(PlannedBuild build, Workspace workspace) {
        limit(workspace.id());
        StageResult result = solver(build, workspace).solve();
        ImageAssembly.Assembled image = ImageAssembly.assemble(
                build.plan().image(),
                result.history(),
                result.layers().stream().map(TaskScope::result).toList(),
                build.plan().epoch().orElseGet(clock()::instant),
                request.export().format());
        return new Built(image, layers(image, result));
    }

    /** Commands are limited together; this program is not, since it does not grow with what they do. */
    private void limit(String group) {
        Limits limits = request.host().limits();
        if (limits.equals(Limits.NONE)) {
            return;
        }
        boolean possible = isolation.abilities().contains(Ability.LIMITS);
        if (possible) {
            ControlGroups.make(group);
        }
        boolean memory = limits.memoryBytes().isEmpty()
                || ControlGroupLimits.memory(group, limits.memoryBytes().getAsLong());
        boolean cpus = limits.cpus().isEmpty()
                || ControlGroupLimits.cpus(group, limits.cpus().getAsDouble());
        if (!memory || !cpus || !possible) {
            environment
                    .events()
                    .accept(new Event.Warning(Problem.of(
                                    "commands are not held to the limits of this build",
                                    "no control group can be written here")
                            .remedy("limit the container that the build runs in")));
        }
    }

    private Solver solver(PlannedBuild build, Workspace workspace) {
        Plan plan = build.plan();
        Feasibility.require(plan, request.commands(), isolation);
        remotes.require(plan.remoteSources());
        Emulators.requireOnHost(plan.commandPlatforms());
        bases.checkRoom(build.treeImages())
                .ifPresent(warning -> environment.events().accept(new Event.Warning(warning)));
        CommandRunner commands = new CommandRunner(
                isolation.sandbox(workspace), plan.hostname(), request.commands(), environment.events());
        Snapshotter snapshotter = isolation.snapshotter(workspace);
        Operations operations = new Operations(
                snapshotter,
                commands,
                new CommandMounting(isolation.treesHome(environment.home()), workspace, request.commands()),
                contexts,
                remotes,
                environment.events());
        LayerExporter exporter =
                new LayerExporter(store, Compression.GZIP, latest(plan), check(snapshotter, latest(plan)));
        return new Solver(
                plan,
                build.images(),
                bases,
                operations,
                exporter,
                clock(),
                Budget.of(request.host().limits()));
    }

    private LayerCheck check(Snapshotter snapshotter, FileTime latest) {
        boolean proves = request.host().verify() && isolation.abilities().contains(Ability.VIEWS);
        return proves ? new LayerVerifier(snapshotter, latest) : LayerCheck.NONE;
    }

    /** What is reproducible has no time of its own: where no SOURCE_DATE_EPOCH is given, it is 1970. */
    private InstantSource clock() {
        return request.definition().reproducible() ? () -> Instant.EPOCH : environment.clock();
    }

    private FileTime latest(Plan plan) {
        return request.definition().reproducible()
                ? FileTime.ofSeconds(plan.epoch().orElse(Instant.EPOCH).getEpochSecond())
                : LayerExport.ANY_TIME;
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
}
