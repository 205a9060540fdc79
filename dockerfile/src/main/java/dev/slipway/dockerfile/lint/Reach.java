package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which stages a target needs: those it stands on, those it copies from and those it mounts. */
final class Reach {
    private final Dockerfile dockerfile;
    private final List<ExpandedFrom> bases;

    Reach(Dockerfile dockerfile, List<ExpandedFrom> bases) {
        this.dockerfile = dockerfile;
        this.bases = bases;
    }

    /** The numbers of the stages, ascending; none where there is no such target. */
    SortedSet<Integer> of(Optional<String> target) {
        Optional<Stage> wanted =
                target.map(dockerfile::stageForTarget).orElseGet(() -> Optional.of(dockerfile.lastStage()));
        SortedSet<Integer> reached = new TreeSet<>();
        Deque<Stage> open = new ArrayDeque<>(wanted.stream().toList());
        while (!open.isEmpty()) {
            Stage stage = open.pop();
            if (reached.add(stage.index())) {
                open.addAll(uses(stage));
            }
        }
        return reached;
    }

    private List<Stage> uses(Stage stage) {
        List<Stage> used = new ArrayList<>();
        Optional<Stage> base = dockerfile.stageForFrom(bases.get(stage.index()).image(), stage.index());
        base.ifPresent(found -> {
            used.add(found);
            found.instructions().stream()
                    .filter(OnBuild.class::isInstance)
                    .map(OnBuild.class::cast)
                    .forEach(trigger -> used.addAll(uses(trigger.instruction(), stage)));
        });
        stage.instructions().forEach(instruction -> used.addAll(uses(instruction, stage)));
        return used;
    }

    private List<Stage> uses(Instruction instruction, Stage stage) {
        return switch (instruction) {
            case Copy copy ->
                copy.from().flatMap(from -> dockerfile.stageForCopy(from, stage.index())).stream()
                        .toList();
            case Run run ->
                run.mounts().stream()
                        .map(MountFlag::from)
                        .flatMap(Optional::stream)
                        .flatMap(from -> dockerfile.stageForMount(from, stage.index()).stream())
                        .toList();
            default -> List.of();
        };
    }
}
