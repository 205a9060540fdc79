package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;

/** Turns resolved stages and the configurations of their bases into a plan. Pure. */
public final class Planner {
    private static final String HOSTNAME = "BUILDKIT_SANDBOX_HOSTNAME";
    private static final String USUAL_HOSTNAME = "buildkitsandbox";

    private final StageGraph graph;

    private Planner(StageGraph graph) {
        this.graph = graph;
    }

    /**
     * Makes the plan.
     *
     * @param labels written last, over those of the Dockerfile
     * @throws InvalidInputException with every instruction that is wrong once its variables are replaced
     */
    public static Plan plan(StageGraph graph, Map<String, String> labels) {
        return new Planner(graph).plan(labels);
    }

    private Plan plan(Map<String, String> labels) {
        Faults faults = new Faults();
        PlanRules rules = new PlanRules(
                new Expander(graph.dockerfile().directives().escape()),
                SourceDateEpoch.of(graph.globals()),
                RunRules.of(graph.inputs(), graph.globals()),
                faults);
        StageEvaluations evaluations = new StageEvaluations(graph.globals(), graph.images(), Set.of(), rules);
        TreeMap<Integer, StagePlan> stages = new TreeMap<>();
        for (StageNode node : graph.nodes().values()) {
            stages.put(node.index(), evaluations.evaluate(node).plan());
        }
        faults.throwIfAny();
        ConfigDraft config = evaluations.of(graph.target()).config();
        return new Plan(
                stages,
                graph.target(),
                new Plan.Image(config.build(labels), config.author(), imagePlatform(config.platform())),
                treeImages(stages),
                graph.globals().given(HOSTNAME).filter(name -> !name.isEmpty()).orElse(USUAL_HOSTNAME),
                rules.epoch(),
                warnings());
    }

    /**
     * What the image says it is for: what its base says, unless the build asks for another platform than this machine's.
     */
    private Platform imagePlatform(Platform ofBase) {
        Platform asked = graph.inputs().platform();
        if (asked.equals(Platform.host())) {
            return ofBase;
        }
        boolean isSame = asked.os().equals(ofBase.os()) && asked.architecture().equals(ofBase.architecture());
        return new Platform(
                asked.os(),
                asked.architecture(),
                asked.variant().isEmpty() && isSame ? ofBase.variant() : asked.variant(),
                asked.osVersion().isEmpty() && isSame ? ofBase.osVersion() : asked.osVersion());
    }

    private List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>(graph.dockerfile().warnings());
        List<String> left = graph.globals().notConsumed(declaredArguments());
        if (!left.isEmpty()) {
            warnings.add(Problem.of(
                            "one or more build-args " + left + " were not consumed",
                            "no ARG of the Dockerfile declares them")
                    .at(graph.dockerfile().file()));
        }
        return warnings;
    }

    private Set<String> declaredArguments() {
        Set<String> names = new HashSet<>();
        graph.dockerfile().globalArgs().forEach(arg -> declared(arg, names));
        for (Stage stage : graph.dockerfile().stages()) {
            stage.instructions().forEach(instruction -> declared(instruction, names));
        }
        for (StageNode node : graph.nodes().values()) {
            node.instructions().forEach(instruction -> declared(instruction.instruction(), names));
        }
        return names;
    }

    private static void declared(Instruction instruction, Set<String> names) {
        if (instruction instanceof Arg arg) {
            arg.variables().forEach(variable -> names.add(variable.name()));
        }
    }

    /** The images whose files something reads or changes. */
    private static SequencedSet<ImageKey> treeImages(Map<Integer, StagePlan> stages) {
        SequencedSet<ImageKey> needed = new LinkedHashSet<>();
        SequencedSet<Integer> withFiles = new LinkedHashSet<>();
        for (StagePlan stage : stages.values()) {
            if (stage.makesLayers()) {
                withFiles.add(stage.index());
            }
            for (StageStep step : stage.steps()) {
                for (FileSource source : step.operation().map(Operation::files).orElse(List.of())) {
                    switch (source) {
                        case FileSource.OfImage(ImageKey image) -> needed.add(image);
                        case FileSource.OfStage(int index) -> withFiles.add(index);
                        case FileSource.Context(), FileSource.OfNamedContext(String _), FileSource.Scratch() -> {}
                    }
                }
            }
        }
        List<Integer> open = new ArrayList<>(withFiles);
        while (!open.isEmpty()) {
            StagePlan stage = stages.get(open.removeLast());
            if (stage == null) {
                throw new IllegalStateException("a stage that is used is not planned");
            }
            switch (stage.base()) {
                case Base.OfImage(ImageKey image) -> needed.add(image);
                case Base.OfStage(int index) -> {
                    if (withFiles.add(index)) {
                        open.add(index);
                    }
                }
                case Base.Scratch() -> {}
            }
        }
        return needed;
    }
}
