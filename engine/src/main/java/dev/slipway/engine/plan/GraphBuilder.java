package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.dockerfile.value.GoBoolean;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Resolves the stages of a Dockerfile: what each stands on, what it uses, which of them the target needs, and the ONBUILD
 * triggers that come in between. Used once.
 */
public final class GraphBuilder {
    private static final String MULTI_PLATFORM = "BUILDKIT_MULTI_PLATFORM";

    private final Dockerfile dockerfile;
    private final PlanInputs inputs;
    private final Expander expander;
    private final GlobalScope globals;
    private final References references;
    private final SourceDateEpoch epoch;
    private final Faults faults = new Faults();
    private final TreeMap<Integer, StageNode> stages = new TreeMap<>();
    private final Set<Integer> withoutBase = new HashSet<>();
    private final Set<Integer> replaced = new HashSet<>();

    private GraphBuilder(Dockerfile dockerfile, PlanInputs inputs) {
        this.dockerfile = dockerfile;
        this.inputs = inputs;
        this.expander = new Expander(dockerfile.directives().escape());
        Map<String, String> given = new HashMap<>(inputs.buildArgs());
        inputs.sourceDateEpoch()
                .ifPresent(
                        time -> given.putIfAbsent(GlobalScope.SOURCE_DATE_EPOCH, Long.toString(time.getEpochSecond())));
        String target = inputs.target().or(dockerfile.lastStage()::name).orElse("default");
        this.globals = new GlobalScope(given, Platform.host(), inputs.platform(), target);
        this.epoch = new SourceDateEpoch(globals, dockerfile, inputs);
        this.references = new References(dockerfile, inputs.platform(), inputs.contexts(), expander);
    }

    /**
     * Resolves every stage and keeps those that the target needs.
     *
     * @param images asked only when no fault has been found
     * @throws InvalidInputException with every fault that is there whatever the images hold; else, with every fault of
     *     their triggers
     */
    public static StageGraph build(Dockerfile dockerfile, PlanInputs inputs, ImageConfigs images) {
        return new GraphBuilder(dockerfile, inputs).build(images);
    }

    private StageGraph build(ImageConfigs images) {
        dockerfile.globalArgs().forEach(this::declare);
        checkBuildArgs();
        Map<String, Integer> above = new HashMap<>();
        for (Stage stage : dockerfile.stages()) {
            faults.at(stage.from(), () -> stages.put(stage.index(), standing(stage, above)));
            if (!stages.containsKey(stage.index())) {
                withoutBase.add(stage.index());
                stages.put(stage.index(), new StageNode(stage, new Base.Scratch(), inputs.platform(), List.of()));
            }
            stage.name().ifPresent(name -> above.put(name, stage.index()));
        }
        stages.replaceAll((_, node) -> resolved(node));
        Set<Integer> circle = StageOrder.refuseCircles(stages, faults);
        Reach reach = new Reach(stages, circle, replaced, references, faults);
        Optional<Integer> target = target();
        target.ifPresent(reach::from);
        checkBeforeAsking(reach);
        faults.throwIfAny();
        epoch.ask(this::fetched);
        Map<ImageKey, ImageConfig> configs = reach.askFor(images);
        return new StageGraph(dockerfile, inputs, globals, reach.nodes(), target.orElseThrow(), configs);
    }

    /** What the ADD of a stage on the empty tree names. */
    private List<SourceReference> fetched(Stage stage) {
        Faults own = new Faults();
        PlanRules rules = new PlanRules(expander, Optional.empty(), RunRules.of(inputs, globals), own);
        StageNode node = Optional.ofNullable(stages.get(stage.index())).orElseThrow();
        StagePlan plan = new StageEvaluations(globals, Map.of(), Set.of(), rules)
                .evaluate(node)
                .plan();
        own.throwIfAny();
        List<SourceReference> sources = new ArrayList<>();
        for (StageStep step : plan.steps()) {
            if (step.operation().orElse(null) instanceof Operation.Copy copy) {
                sources.addAll(copy.sources());
            }
        }
        return sources;
    }

    private void declare(Arg arg) {
        for (Arg.Variable variable : arg.variables()) {
            faults.at(arg, () -> declare(variable));
        }
    }

    private void declare(Arg.Variable variable) {
        try {
            Optional<String> value = globals.given(variable.name());
            if (value.isEmpty()) {
                value = variable.defaultValue().map(raw -> expander.expand(raw, globals));
            }
            globals.declare(variable.name(), value);
        } catch (InvalidInputException | UnknownValueException e) {
            globals.forget(variable.name());
            throw e;
        }
    }

    private void checkBuildArgs() {
        try {
            epoch.check();
        } catch (InvalidInputException e) {
            Problem problem = e.problems().getFirst();
            faults.add(problem.where().isEmpty() ? problem.at(dockerfile.file()) : problem);
        } catch (UnknownValueException _) {
            // its ARG is faulty, which is told
        }
        boolean isIndex =
                globals.given(MULTI_PLATFORM).flatMap(GoBoolean::parse).orElse(false);
        if (isIndex) {
            faults.add(new Problem(
                    dockerfile.file(),
                    "the build argument " + MULTI_PLATFORM,
                    "this version makes one image, not an index",
                    "leave it out"));
        }
    }

    private StageNode standing(Stage stage, Map<String, Integer> above) {
        From from = stage.from();
        Platform platform = from.platform()
                .map(raw -> PlatformName.parse(expander.expand(raw, globals), raw))
                .orElse(inputs.platform());
        Optional<Target> replacement =
                stage.name().flatMap(name -> inputs.contexts().find(name, platform));
        if (replacement.isPresent()) {
            replaced.add(stage.index());
            return StandIns.ofStage(stage, replacement.get(), platform);
        }
        String image = expander.expand(from.image(), globals);
        if (image.isBlank()) {
            throw new InvalidInputException(Problem.of(
                            "FROM " + from.image() + " names no image", "it is empty after its variables are replaced")
                    .remedy("give the variable a default with ARG before the first FROM, or pass --build-arg"));
        }
        Integer parent = above.get(image);
        if (parent != null) {
            Platform ofParent = Optional.ofNullable(stages.get(parent))
                    .map(StageNode::platform)
                    .orElse(platform);
            return new StageNode(stage, new Base.OfStage(parent), ofParent, List.of());
        }
        if (image.equals("scratch")) {
            return new StageNode(stage, new Base.Scratch(), inputs.platform(), List.of());
        }
        Optional<Target> named = inputs.contexts().find(image, platform);
        return named.isPresent()
                ? StandIns.ofImage(stage, named.get(), platform)
                : new StageNode(
                        stage,
                        new Base.OfImage(new ImageKey(References.reference(image), platform)),
                        platform,
                        List.of());
    }

    private StageNode resolved(StageNode node) {
        List<StageInstruction> instructions = new ArrayList<>(node.instructions());
        for (Instruction instruction : node.stage().instructions()) {
            int before = instructions.size();
            if (instruction instanceof Copy || instruction instanceof Run) {
                faults.at(instruction, () -> instructions.add(references.resolve(instruction, false)));
            }
            if (instructions.size() == before) {
                instructions.add(new StageInstruction(instruction, List.of(), false));
            }
        }
        return new StageNode(node.stage(), node.base(), node.platform(), instructions);
    }

    private Optional<Integer> target() {
        if (inputs.target().isEmpty()) {
            return Optional.of(dockerfile.lastStage().index());
        }
        String wanted = inputs.target().get();
        Optional<Integer> found = references.stage(wanted);
        if (found.isEmpty()) {
            List<String> names = references.names();
            faults.add(new Problem(
                    dockerfile.file(),
                    "there is no stage '" + wanted + "' to build",
                    names.isEmpty() ? "no stage has a name" : "the stages are " + String.join(", ", names),
                    Spelling.hint(wanted, names)));
        }
        return found;
    }

    /** Finds what is wrong whatever the base images may hold. */
    private void checkBeforeAsking(Reach reach) {
        PlanRules rules = new PlanRules(expander, Optional.empty(), RunRules.of(inputs, globals), faults);
        StageEvaluations evaluations = new StageEvaluations(globals, Map.of(), withoutBase, rules);
        reach.nodes().values().forEach(evaluations::evaluate);
    }
}
