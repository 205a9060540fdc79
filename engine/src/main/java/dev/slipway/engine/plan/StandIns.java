package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.image.model.Platform;
import java.util.List;
import java.util.Optional;

/** Stages that stand on a named context, or give their place to one. */
final class StandIns {
    private StandIns() {}

    /** The whole stage is the context: none of its instructions is run. */
    static StageNode ofStage(Stage stage, Target target, Platform platform) {
        return ofImage(new Stage(stage.index(), stage.name(), stage.from(), List.of()), target, platform);
    }

    /** The stage stands on the context instead of an image; files become its first layer. */
    static StageNode ofImage(Stage stage, Target target, Platform platform) {
        List<StageInstruction> first = target instanceof Target.Files
                ? List.of(
                        new StageInstruction(everything(stage), List.of(NamedContexts.source(target, platform)), false))
                : List.of();
        return new StageNode(stage, NamedContexts.base(target, platform), platform, first);
    }

    private static Copy everything(Stage stage) {
        return new Copy(
                stage.from().origin(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                List.of(new CopySource.Named("/")),
                "/");
    }
}
