package dev.slipway.engine.plan;

import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.ImageConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates stages one after the other, each after the one it stands on. An image whose configuration is not among those
 * given is unknown: then only those faults are found that are there whatever the image may hold.
 */
final class StageEvaluations {
    private final GlobalScope globals;
    private final Map<ImageKey, ImageConfig> images;
    private final Set<Integer> withoutBase;
    private final PlanRules rules;
    private final Map<Integer, StageEvaluator> done = new HashMap<>();

    /** @param withoutBase stages whose FROM is faulty */
    StageEvaluations(
            GlobalScope globals, Map<ImageKey, ImageConfig> images, Set<Integer> withoutBase, PlanRules rules) {
        this.globals = globals;
        this.images = images;
        this.withoutBase = withoutBase;
        this.rules = rules;
    }

    StageEvaluator evaluate(StageNode node) {
        StageEvaluator evaluator = start(node);
        evaluator.evaluate();
        done.put(node.index(), evaluator);
        return evaluator;
    }

    /** A stage that has been evaluated. */
    StageEvaluator of(int index) {
        StageEvaluator evaluator = done.get(index);
        if (evaluator == null) {
            throw new IllegalStateException("stage " + index + " is evaluated before those that need it");
        }
        return evaluator;
    }

    private StageEvaluator start(StageNode node) {
        if (withoutBase.contains(node.index())) {
            return onUnknown(node);
        }
        return switch (node.base()) {
            case Base.Scratch() -> on(node, ConfigDraft.ofScratch(node.platform()));
            case Base.OfStage(int index) -> of(index).child(node);
            case Base.OfImage(ImageKey key) -> {
                ImageConfig image = images.get(key);
                yield image == null
                        ? onUnknown(node)
                        : on(node, new ConfigDraft(image.config(), image.author(), image.platform()));
            }
        };
    }

    private StageEvaluator on(StageNode node, ConfigDraft draft) {
        return new StageEvaluator(node, draft, StageScope.on(globals, draft.env()), rules);
    }

    private StageEvaluator onUnknown(StageNode node) {
        ConfigDraft draft = new ConfigDraft(ContainerConfig.EMPTY, "", node.platform());
        return new StageEvaluator(node, draft, StageScope.onUnknown(globals), rules);
    }
}
