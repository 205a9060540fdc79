package dev.slipway.engine.plan;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.ImageConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/** Turns resolved stages and the configurations of their bases into a plan. Pure. */
public final class Planner {
    private final StageGraph graph;
    private final Map<ImageKey, ImageConfig> images;
    private final Map<String, String> labels;
    private final Map<Integer, StageEvaluator> evaluated = new LinkedHashMap<>();
    private final Faults faults = new Faults();

    private Planner(StageGraph graph, Map<ImageKey, ImageConfig> images, Map<String, String> labels) {
        this.graph = graph;
        this.images = images;
        this.labels = labels;
    }

    /**
     * Makes the plan.
     *
     * @param images the configuration of every image of {@link StageGraph#images()}
     * @param labels written last, over those of the Dockerfile
     * @throws InvalidInputException with every instruction that is wrong once its variables are replaced
     */
    public static Plan plan(StageGraph graph, Map<ImageKey, ImageConfig> images, Map<String, String> labels) {
        return new Planner(graph, images, labels).plan();
    }

    private Plan plan() {
        TreeMap<Integer, StagePlan> stages = new TreeMap<>();
        for (StageNode node : graph.nodes().values()) {
            StageEvaluator evaluator = start(node);
            evaluator.evaluate();
            evaluated.put(node.stage().index(), evaluator);
            boolean isTarget = node.stage().index() == graph.target();
            stages.put(node.stage().index(), evaluator.plan(isTarget ? labels : Map.of()));
        }
        faults.throwIfAny();
        return new Plan(
                stages, graph.target(), treeImages(stages), graph.dockerfile().warnings());
    }

    private StageEvaluator start(StageNode node) {
        return switch (node.base()) {
            case Base.Scratch() -> {
                StageEvaluator scratch = fresh(node, ContainerConfig.EMPTY, "");
                scratch.startAt("/");
                yield scratch;
            }
            case Base.OfStage(int index) -> {
                StageEvaluator parent = evaluated.get(index);
                if (parent == null) {
                    throw new IllegalStateException("stage " + index + " is evaluated before its children");
                }
                yield parent.child(node);
            }
            case Base.OfImage(ImageKey key) -> {
                ImageConfig image = configOf(key);
                if (!image.config().onBuild().isEmpty()) {
                    faults.add(Problem.of(
                                    "the image " + key.reference() + " has ONBUILD triggers",
                                    "they are not supported yet: "
                                            + String.join("; ", image.config().onBuild()))
                            .at(node.stage().from().place()));
                }
                yield fresh(node, image.config(), image.author());
            }
        };
    }

    private StageEvaluator fresh(StageNode node, ContainerConfig config, String author) {
        ConfigDraft draft = new ConfigDraft(config);
        return new StageEvaluator(
                graph.dockerfile(), node, draft, new StageScope(graph.globals(), draft.env()), author, faults);
    }

    private ImageConfig configOf(ImageKey key) {
        ImageConfig config = images.get(key);
        if (config == null) {
            throw new IllegalStateException("the configuration of " + key + " is missing");
        }
        return config;
    }

    /** The images whose files something reads or changes. */
    private static SequencedSet<ImageKey> treeImages(Map<Integer, StagePlan> stages) {
        SequencedSet<ImageKey> needed = new LinkedHashSet<>();
        SequencedSet<Integer> open = new LinkedHashSet<>();
        for (StagePlan stage : stages.values()) {
            if (stage.makesLayers()) {
                open.add(stage.index());
            }
            for (StageStep step : stage.steps()) {
                if (step.operation().orElse(null) instanceof Operation.Copy copy) {
                    switch (copy.from()) {
                        case FileSource.OfImage(ImageKey image) -> needed.add(image);
                        case FileSource.OfStage(int index) -> open.add(index);
                        case FileSource.Context() -> {}
                    }
                }
            }
        }
        while (!open.isEmpty()) {
            StagePlan stage = stages.get(open.removeFirst());
            if (stage == null) {
                throw new IllegalStateException("a stage that is used is not planned");
            }
            switch (stage.base()) {
                case Base.OfImage(ImageKey image) -> needed.add(image);
                case Base.OfStage(int index) -> open.add(index);
                case Base.Scratch() -> {}
            }
        }
        return needed;
    }
}
