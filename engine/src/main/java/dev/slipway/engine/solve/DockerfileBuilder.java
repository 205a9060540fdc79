package dev.slipway.engine.solve;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.engine.context.BuildContexts;
import dev.slipway.engine.context.RemoteSources;
import dev.slipway.engine.isolation.Isolation;
import dev.slipway.engine.isolation.Isolations;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.ExportSettings;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.image.store.ContentStore;
import dev.slipway.image.store.FileContentStore;
import dev.slipway.image.store.LayerTrees;
import dev.slipway.image.store.StoreErrors;
import dev.slipway.image.transfer.PushReceipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The way of a build: Dockerfile text, stages, plan, layers, image, push. Everything that can be wrong is told before
 * the first instruction runs; the manifest is sent after the last one has succeeded.
 */
public final class DockerfileBuilder implements ImageBuilder {
    private final BuildEnvironment environment;
    private final UnaryOperator<ContentStore> written;

    public DockerfileBuilder(BuildEnvironment environment) {
        this(environment, UnaryOperator.identity());
    }

    /** @param written stands between what is written and the store, as a faulty disk would */
    DockerfileBuilder(BuildEnvironment environment, UnaryOperator<ContentStore> written) {
        this.environment = environment;
        this.written = written;
    }

    @Override
    public BuildReport build(BuildRequest request) {
        long need = StoreErrors.needIfFull(environment.home());
        try {
            return buildIn(request);
        } catch (IOException e) {
            throw new MachineException(
                    new Problem(environment.home().toString(), "cannot use the state directory", String.valueOf(e), ""),
                    StoreErrors.writing(environment.home(), need, e));
        } catch (RuntimeException e) {
            throw StoreErrors.writing(environment.home(), need, e); // whatever it looked like where it happened
        }
    }

    private BuildReport buildIn(BuildRequest request) throws IOException {
        long start = System.nanoTime();
        Isolations.check(request.host());
        ContentStore store = written.apply(FileContentStore.open(environment.home()));
        Workspace.reap(environment.home()).forEach(left -> environment.events().accept(new Event.Warning(left)));
        SingleBuild.Built built;
        try (Workspace workspace = Workspace.open(environment.home())) {
            Isolation isolation = Isolations.choose(request.host(), workspace);
            LayerTrees trees = LayerTrees.open(isolation.treesHome(environment.home()));
            trees.removeStale();
            BaseImages bases = new BaseImages(environment.sources(), store, trees, isolation.applier());
            RemoteSources remotes = new RemoteSources(environment.remote(), workspace, environment.events());
            BuildContexts contexts = contexts(request, remotes, workspace);
            PlannedBuild planned =
                    BuildPlanning.read(request, contexts, environment.events()).plan(bases);
            environment.events().accept(new Event.Note(isolation.line()));
            built = new SingleBuild(environment, request, contexts, remotes, store, bases, isolation)
                    .run(planned, workspace);
        }
        Optional<PushReceipt> receipt = push(request.export(), built);
        return new BuildReport(
                built.image().image().manifestDescriptor().digest(),
                built.image().config(),
                built.image().image(),
                built.layers(),
                request.export().push() ? request.export().names() : List.of(),
                receipt,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static BuildContexts contexts(BuildRequest request, RemoteSources remotes, Workspace workspace) {
        SourceSettings source = request.source();
        Definition definition = request.definition();
        return BuildContexts.open(
                new BuildContexts.Request(
                        source.context(),
                        source.dockerfile(),
                        source.dockerfileName(),
                        source.named(),
                        definition.buildArgs(),
                        definition.sourceDateEpoch().isPresent()),
                remotes,
                workspace);
    }

    private Optional<PushReceipt> push(ExportSettings export, SingleBuild.Built built) {
        return export.push()
                ? Optional.of(environment.target().push(built.image().image(), export.names()))
                : Optional.empty();
    }
}
