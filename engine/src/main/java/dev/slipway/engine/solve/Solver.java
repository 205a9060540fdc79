package dev.slipway.engine.solve;

import dev.slipway.engine.plan.Base;
import dev.slipway.engine.plan.FileSource;
import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.plan.StagePlan;
import dev.slipway.engine.plan.StageStep;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.image.model.History;
import dev.slipway.image.transfer.SourceImage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Runs the stages of a plan. Stages that do not depend on each other run at the same time, as far as the budget goes; layers
 * are compressed while later instructions run. The first failure ends the rest. Used once.
 */
final class Solver {
    /** Written into the history, so that tools which tell builders apart show what they show for BuildKit. */
    private static final String COMMENT = "buildkit.dockerfile.v0";

    private final Plan plan;
    private final Map<ImageKey, SourceImage> images;
    private final BaseImages bases;
    private final Operations operations;
    private final LayerExporter exporter;
    private final InstantSource clock;
    private final Semaphore turns;
    private final Map<Integer, CompletableFuture<StageResult>> stages = new HashMap<>();
    private final Map<ImageKey, CompletableFuture<Tree>> trees = new HashMap<>();
    private final Set<Integer> exported;

    Solver(
            Plan plan,
            Map<ImageKey, SourceImage> images,
            BaseImages bases,
            Operations operations,
            LayerExporter exporter,
            InstantSource clock,
            Budget budget) {
        this.plan = plan;
        this.images = images;
        this.bases = bases;
        this.operations = operations;
        this.exporter = exporter;
        this.clock = clock;
        this.turns = new Semaphore(budget.operations(), true);
        this.exported = chainOf(plan);
        plan.stages().keySet().forEach(index -> stages.put(index, new CompletableFuture<>()));
        plan.treeImages().forEach(image -> trees.put(image, new CompletableFuture<>()));
    }

    /** Only the stages that the image is made of need layers; of the others, the files are enough. */
    private static Set<Integer> chainOf(Plan plan) {
        Set<Integer> chain = new HashSet<>();
        StagePlan stage = plan.targetStage();
        chain.add(stage.index());
        while (stage.base() instanceof Base.OfStage(int index)) {
            chain.add(index);
            stage = plan.stage(index);
        }
        return chain;
    }

    /** Runs everything and gives the target's result; all its layers are done. */
    StageResult solve() {
        try (TaskScope scope = new TaskScope(Integer.MAX_VALUE)) {
            for (ImageKey image : plan.treeImages()) {
                scope.start("unpack " + image, () -> complete(promised(trees, image), () -> bases.tree(image(image))));
            }
            for (StagePlan stage : plan.stages().values()) {
                scope.start(stage.label(), () -> complete(promised(stages, stage.index()), () -> run(stage, scope)));
            }
            scope.join();
        }
        return await(promised(stages, plan.target()));
    }

    private StageResult run(StagePlan stage, TaskScope scope) {
        StageResult base = base(stage);
        Tree tree = base.tree();
        List<Future<MadeLayer>> layers = new ArrayList<>(base.layers());
        List<History> history = new ArrayList<>(base.history());
        int number = 1;
        for (StageStep step : stage.steps()) {
            if (step.operation().isPresent()) {
                Operation operation = step.operation().get();
                number++;
                Tree before = tree;
                tree = before.plus(inTurn(stage, number, operation, before));
                if (exported.contains(stage.index())) {
                    Tree after = tree;
                    layers.add(scope.fork("compress", () -> exporter.export(after, before, operation)));
                }
            }
            history.add(new History(
                    Optional.of(now()),
                    step.createdBy(),
                    "",
                    COMMENT,
                    step.operation().isEmpty()));
        }
        return new StageResult(stage, tree, layers, history);
    }

    /** Waits for other stages first: who has a turn must not wait for somebody who needs one. */
    private Path inTurn(StagePlan stage, int number, Operation operation, Tree tree) {
        operation.files().forEach(this::sourceTree);
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        }
        try {
            return operations.run(stage, number, operation, tree, this::sourceTree);
        } finally {
            turns.release();
        }
    }

    private StageResult base(StagePlan stage) {
        return switch (stage.base()) {
            case Base.Scratch() -> new StageResult(stage, Tree.EMPTY, List.of(), List.of());
            case Base.OfStage(int index) -> await(promised(stages, index));
            case Base.OfImage(ImageKey key) -> {
                SourceImage image = image(key);
                List<Future<MadeLayer>> layers = new ArrayList<>();
                bases.layers(image).forEach(layer -> layers.add(CompletableFuture.completedFuture(layer)));
                Tree tree = trees.containsKey(key) ? await(promised(trees, key)) : Tree.EMPTY;
                yield new StageResult(stage, tree, layers, image.config().history());
            }
        };
    }

    private Optional<Tree> sourceTree(FileSource source) {
        return switch (source) {
            case FileSource.Context(), FileSource.OfNamedContext(String _) -> Optional.empty();
            case FileSource.Scratch() -> Optional.of(Tree.EMPTY);
            case FileSource.OfStage(int index) ->
                Optional.of(await(promised(stages, index)).tree());
            case FileSource.OfImage(ImageKey key) -> Optional.of(await(promised(trees, key)));
        };
    }

    private Instant now() {
        return plan.epoch().orElseGet(clock::instant);
    }

    private SourceImage image(ImageKey key) {
        return Optional.ofNullable(images.get(key))
                .orElseThrow(() -> new IllegalStateException(key + " is unresolved"));
    }

    private static <K, V> CompletableFuture<V> promised(Map<K, CompletableFuture<V>> promises, K key) {
        return Optional.ofNullable(promises.get(key))
                .orElseThrow(() -> new IllegalStateException(key + " is not part of the plan"));
    }

    private interface Work<T> {
        T get();
    }

    private static <T> void complete(CompletableFuture<T> promise, Work<T> work) {
        try {
            promise.complete(work.get());
        } catch (RuntimeException | Error e) {
            promise.completeExceptionally(e);
            throw e;
        }
    }

    /** Waits for a value of another task, whose failure, if any, is the one that ends the build. */
    private static <T> T await(CompletableFuture<T> promise) {
        try {
            return promise.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SlipwayException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
