package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Resolves the stages of a Dockerfile. Used once. */
public final class GraphBuilder {
    private final Dockerfile dockerfile;
    private final Platform platform;
    private final Expander expander;
    private final GlobalScope globals;
    private final Optional<String> wantedTarget;
    private final Faults faults = new Faults();

    private GraphBuilder(
            Dockerfile dockerfile, Map<String, String> buildArgs, Optional<String> target, Platform platform) {
        this.dockerfile = dockerfile;
        this.platform = platform;
        this.wantedTarget = target;
        this.expander = new Expander(dockerfile.directives().escape());
        String lastName = dockerfile.stages().getLast().name().orElse("default");
        this.globals = new GlobalScope(buildArgs, Platform.host(), platform, target.orElse(lastName));
    }

    /**
     * Resolves every stage and keeps those that the target needs.
     *
     * @throws InvalidInputException with every reference that cannot be resolved and everything in the needed stages
     *     that this version cannot build
     */
    public static StageGraph build(
            Dockerfile dockerfile, Map<String, String> buildArgs, Optional<String> target, Platform platform) {
        return new GraphBuilder(dockerfile, buildArgs, target, platform).build();
    }

    private StageGraph build() {
        dockerfile.globalArgs().forEach(this::declare);
        faults.throwIfAny();
        Map<Integer, StageNode> all = new TreeMap<>();
        for (Stage stage : dockerfile.stages()) {
            faults.at(stage.from(), () -> all.put(stage.index(), resolve(stage)));
        }
        faults.throwIfAny();
        int target = targetIndex();
        TreeMap<Integer, StageNode> needed = new TreeMap<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            int index = open.pop();
            StageNode node = all.get(index);
            if (node != null && needed.put(index, node) == null) {
                open.addAll(uses(node));
            }
        }
        needed.values().forEach(node -> Supported.check(node, faults));
        faults.throwIfAny();
        return new StageGraph(dockerfile, globals, needed, target);
    }

    private void declare(Arg arg) {
        faults.at(arg, () -> {
            for (Arg.Variable variable : arg.variables()) {
                Optional<String> value = globals.given(variable.name());
                if (value.isEmpty()) {
                    value = variable.defaultValue().map(raw -> expander.expand(raw, globals));
                }
                globals.declare(variable.name(), value);
            }
        });
    }

    private StageNode resolve(Stage stage) {
        From from = stage.from();
        Platform stagePlatform = from.platform()
                .map(raw -> platformOf(expander.expand(raw, globals)))
                .orElse(platform);
        String image = expander.expand(from.image(), globals);
        if (image.isBlank()) {
            throw new InvalidInputException(Problem.of(
                            "FROM " + from.image() + " names no image", "it is empty after its variables are replaced")
                    .remedy("give the variable a default with ARG before the first FROM, or pass --build-arg"));
        }
        Base base = baseOf(image, stage, stagePlatform);
        Map<Place, FileSource> sources = new HashMap<>();
        for (Instruction instruction : stage.instructions()) {
            if (instruction instanceof Copy copy && copy.from().isPresent()) {
                faults.at(
                        copy,
                        () -> sources.put(copy.place(), sourceOf(copy.from().get(), stage, stagePlatform)));
            }
        }
        return new StageNode(stage, base, stagePlatform, sources);
    }

    private static Platform platformOf(String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of("FROM --platform=" + text, message(e)));
        }
    }

    private Base baseOf(String image, Stage stage, Platform stagePlatform) {
        Optional<Stage> earlier = dockerfile.stageForFrom(image, stage.index());
        if (earlier.isPresent()) {
            return new Base.OfStage(earlier.get().index());
        }
        if (image.equals("scratch")) {
            return new Base.Scratch();
        }
        return new Base.OfImage(new ImageKey(reference(image), stagePlatform));
    }

    private FileSource sourceOf(String from, Stage stage, Platform stagePlatform) {
        Optional<Stage> earlier = dockerfile.stageForCopy(from, stage.index());
        if (earlier.isPresent()) {
            return new FileSource.OfStage(earlier.get().index());
        }
        if (dockerfile.stageForCopy(from, dockerfile.stages().size()).isPresent()) {
            throw new InvalidInputException(Problem.of(
                    "cannot copy from stage '" + from + "'", "it needs to be defined before the current stage"));
        }
        if (from.chars().allMatch(Character::isDigit)) {
            throw new InvalidInputException(Problem.of("--from=" + from, "there is no stage of that number")
                    .remedy("the stages before this one are numbered from 0"));
        }
        if (from.contains("$")) {
            throw new InvalidInputException(Problem.of("--from=" + from, "variables are not replaced in --from")
                    .remedy("give the image a stage of its own, FROM " + from + " AS name, and copy from that"));
        }
        return new FileSource.OfImage(new ImageKey(reference(from), stagePlatform));
    }

    private static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Problem.of("'" + text + "' is not an image reference", message(e)));
        }
    }

    private int targetIndex() {
        if (wantedTarget.isEmpty()) {
            return dockerfile.stages().size() - 1;
        }
        String wanted = wantedTarget.get();
        Optional<Stage> found = dockerfile.stageForTarget(wanted);
        if (found.isPresent()) {
            return found.get().index();
        }
        List<String> names = dockerfile.stages().stream()
                .flatMap(stage -> stage.name().stream())
                .toList();
        throw new InvalidInputException(new Problem(
                dockerfile.file(),
                "there is no stage '" + wanted + "' to build",
                names.isEmpty() ? "no stage has a name" : "the stages are " + String.join(", ", names),
                ""));
    }

    private static List<Integer> uses(StageNode node) {
        List<Integer> used = new ArrayList<>();
        if (node.base() instanceof Base.OfStage(int index)) {
            used.add(index);
        }
        node.sources().values().forEach(source -> {
            if (source instanceof FileSource.OfStage(int index)) {
                used.add(index);
            }
        });
        return used;
    }

    private static String message(IllegalArgumentException e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }
}
