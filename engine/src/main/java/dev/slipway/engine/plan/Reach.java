package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.image.model.ImageConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the target needs. Triggers of a base may need further stages and images, whose triggers may need further ones, until
 * nothing is new.
 */
final class Reach {
    private final Map<Integer, StageNode> stages;
    private final Set<Integer> refused;
    private final Set<Integer> replaced;
    private final Triggers triggers;
    private final Faults faults;
    private final Set<Integer> reached = new TreeSet<>();
    private final Set<Integer> triggered = new HashSet<>();
    private final Set<ImageKey> asked = new HashSet<>();
    private final Map<Integer, List<String>> triggersOfStages = new HashMap<>();
    private final Map<ImageKey, ImageConfig> images = new LinkedHashMap<>();

    /**
     * Starts with nothing reached.
     *
     * @param refused stages whose use of others is told already
     * @param replaced stages whose place a named context has taken
     */
    Reach(
            Map<Integer, StageNode> stages,
            Set<Integer> refused,
            Set<Integer> replaced,
            References references,
            Faults faults) {
        this.stages = stages;
        this.refused = refused;
        this.replaced = Set.copyOf(replaced);
        this.triggers = new Triggers(references, faults);
        this.faults = faults;
    }

    /** Reaches everything that the stage needs as far as it is known. */
    void from(int stage) {
        Deque<Integer> open = new ArrayDeque<>(List.of(stage));
        while (!open.isEmpty()) {
            int index = open.pop();
            if (reached.add(index)) {
                StageNode node = node(index);
                check(node, node.instructions());
                trigger(node);
                open.addAll(node(index).stages());
            }
        }
    }

    /** Asks for images and their triggers until nothing is new. */
    Map<ImageKey, ImageConfig> askFor(ImageConfigs configs) {
        Set<ImageKey> open = unasked();
        while (!open.isEmpty()) {
            asked.addAll(open);
            images.putAll(configs.of(open));
            for (Integer index : List.copyOf(reached)) {
                trigger(node(index));
                node(index).stages().forEach(this::from);
            }
            faults.throwIfAny();
            open = unasked();
        }
        return images;
    }

    /** The stages reached, by index. */
    SequencedMap<Integer, StageNode> nodes() {
        TreeMap<Integer, StageNode> nodes = new TreeMap<>();
        reached.forEach(index -> nodes.put(index, node(index)));
        return nodes;
    }

    private StageNode node(int index) {
        return Optional.ofNullable(stages.get(index)).orElseThrow();
    }

    private Set<ImageKey> unasked() {
        Set<ImageKey> open = new LinkedHashSet<>();
        reached.forEach(index -> open.addAll(node(index).images()));
        open.removeAll(asked);
        return open;
    }

    /** Puts the triggers of a stage's base in front of its instructions, once they are known. */
    private void trigger(StageNode node) {
        switch (node.base()) {
            case Base.Scratch() -> {}
            case Base.OfStage(int parent) -> {
                if (replaced.contains(parent)) {
                    triggerOfImage(node, node(parent).base());
                } else {
                    trigger(
                            node,
                            "stage '" + node(parent).label() + "'",
                            triggersOfStages.computeIfAbsent(parent, this::ofStage));
                }
            }
            case Base.OfImage _ -> {
                if (!replaced.contains(node.index())) {
                    triggerOfImage(node, node.base());
                }
            }
        }
    }

    /** The image may be in the place of the stage that this one stands on, which runs nothing itself. */
    private void triggerOfImage(StageNode node, Base base) {
        if (base instanceof Base.OfImage(ImageKey key)) {
            ImageConfig image = images.get(key);
            if (image != null) {
                trigger(node, "image " + key.reference(), image.config().onBuild());
            }
        }
    }

    private void check(StageNode node, List<StageInstruction> instructions) {
        if (!refused.contains(node.index())) {
            StageOrder.refuseLater(node, instructions, stages, faults);
        }
        Supported.check(node, faults);
    }

    private List<String> ofStage(int parent) {
        List<String> texts = new ArrayList<>();
        for (StageInstruction instruction : node(parent).instructions()) {
            if (instruction.instruction() instanceof OnBuild onBuild) {
                texts.add(onBuild.trigger());
            }
        }
        return texts;
    }

    private void trigger(StageNode node, String origin, List<String> texts) {
        if (triggered.add(node.index()) && !texts.isEmpty()) {
            List<StageInstruction> instructions = triggers.of(node, origin, texts);
            check(node, instructions);
            stages.put(node.index(), node.triggered(instructions));
        }
    }
}
