package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Goes through the stages in the order of the file, each with what its base hands down. Used once. */
final class StageWalk {
    private final Findings findings;
    private final Dockerfile dockerfile;
    private final LintContext context;
    private final Scope globals;
    private final List<ExpandedFrom> bases;
    private final Expander expander;
    private final Map<Integer, StageState> finished = new HashMap<>();

    StageWalk(Findings findings, Dockerfile dockerfile, LintContext context, Scope globals, List<ExpandedFrom> bases) {
        this.findings = findings;
        this.dockerfile = dockerfile;
        this.context = context;
        this.globals = globals;
        this.bases = bases;
        this.expander = new Expander(dockerfile.directives().escape());
    }

    void check() {
        Collection<Integer> visited = context.everyStage() && context.target().isEmpty()
                ? IntStream.range(0, dockerfile.stages().size()).boxed().toList()
                : new Reach(dockerfile, bases).of(context.target());
        for (int index : visited) {
            finished.put(index, walk(dockerfile.stages().get(index)));
        }
    }

    private StageState walk(Stage stage) {
        ExpandedFrom base = bases.get(stage.index());
        Optional<StageState> parent =
                dockerfile.stageForFrom(base.image(), stage.index()).map(found -> finished.get(found.index()));
        Optional<BaseImage> image = parent.isPresent() || base.image().equals("scratch")
                ? Optional.empty()
                : context.images().find(base.image(), base.platform());
        image.ifPresent(found -> platform(stage, base, found));
        StageState state = parent.map(StageState::child).orElseGet(() -> start(base, image));
        StageRules rules = new StageRules(findings, expander, context, globals, state);
        List<String> triggers = parent.map(StageState::triggers)
                .orElseGet(() -> image.map(BaseImage::triggers).orElse(List.of()));
        triggers.forEach(trigger -> trigger(trigger, stage).ifPresent(rules::check));
        stage.instructions().forEach(rules::check);
        return state;
    }

    private static StageState start(ExpandedFrom base, Optional<BaseImage> image) {
        if (base.image().equals("scratch")) {
            return StageState.fresh(Scope.ofImage(Map.of()), false);
        }
        return image.map(known -> StageState.fresh(
                        Scope.ofImage(known.environment()), !known.shell().isEmpty()))
                .orElseGet(() -> StageState.fresh(Scope.ofUnknownImage(), false));
    }

    /** Triggers run, and are wrong, at the FROM that brings them. */
    private static Optional<Instruction> trigger(String text, Stage stage) {
        try {
            return Optional.of(DockerfileParser.parseTrigger(text, stage.from().place()));
        } catch (InvalidInputException _) {
            return Optional.empty();
        }
    }

    private void platform(Stage stage, ExpandedFrom base, BaseImage image) {
        Optional<PlatformText> expected = PlatformText.parse(base.platform(), "linux/amd64");
        Optional<PlatformText> actual = PlatformText.parse(image.platform(), "linux/amd64");
        if (expected.isPresent() && actual.isPresent() && !expected.equals(actual)) {
            findings.add(
                    Rule.INVALID_BASE_IMAGE_PLATFORM,
                    stage.from(),
                    findings.source().word(stage.from(), stage.from().image()),
                    base.image(),
                    image.platform(),
                    base.platform());
        }
    }
}
