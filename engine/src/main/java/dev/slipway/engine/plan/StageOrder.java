package dev.slipway.engine.plan;

import dev.slipway.foundation.error.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Which stages may use which. FROM sees only what stands above, COPY and mounts see every stage. */
final class StageOrder {
    private StageOrder() {}

    /** Refuses stages that need each other, even where nobody needs them, and gives those it has refused. */
    static Set<Integer> refuseCircles(SortedMap<Integer, StageNode> stages, Faults faults) {
        if (stages.values().stream().noneMatch(StageOrder::looksAhead)) {
            return Set.of();
        }
        Map<Integer, List<Integer>> uses = new HashMap<>();
        Map<Integer, List<Integer>> users = new HashMap<>();
        for (StageNode node : stages.values()) {
            uses.put(node.index(), node.stages());
            node.stages()
                    .forEach(used ->
                            users.computeIfAbsent(used, _ -> new ArrayList<>()).add(node.index()));
        }
        Map<Integer, StageNode> left = new HashMap<>(stages);
        peel(left, uses, users);
        peel(left, users, uses);
        for (StageNode node : stages.values()) {
            if (left.containsKey(node.index()) && looksAhead(node)) {
                refuse(node, left, faults);
            }
        }
        return left.keySet();
    }

    private static void refuse(StageNode node, Map<Integer, StageNode> circle, Faults faults) {
        for (StageInstruction instruction : node.instructions()) {
            for (FileSource source : instruction.uses()) {
                if (source instanceof FileSource.OfStage(int used)
                        && used >= node.index()
                        && circle.containsKey(used)) {
                    String why = used == node.index()
                            ? "that is the stage itself"
                            : "it needs the stage '" + node.label() + "' itself";
                    StageNode other = circle.getOrDefault(used, node);
                    faults.add(
                            instruction.instruction().place(),
                            Problem.of("circular dependency on the stage '" + other.label() + "'", why));
                }
            }
        }
    }

    /** Removes, again and again, what uses nothing that is left. */
    private static void peel(
            Map<Integer, StageNode> left, Map<Integer, List<Integer>> uses, Map<Integer, List<Integer>> users) {
        Map<Integer, Integer> open = new HashMap<>();
        Deque<Integer> free = new ArrayDeque<>();
        for (Integer stage : left.keySet()) {
            int count = (int) of(uses, stage).stream().filter(left::containsKey).count();
            open.put(stage, count);
            if (count == 0) {
                free.add(stage);
            }
        }
        while (!free.isEmpty()) {
            Integer stage = free.pop();
            left.remove(stage);
            for (Integer user : of(users, stage)) {
                if (left.containsKey(user) && open.merge(user, -1, Integer::sum) == 0) {
                    free.add(user);
                }
            }
        }
    }

    private static List<Integer> of(Map<Integer, List<Integer>> edges, Integer stage) {
        return edges.getOrDefault(stage, List.of());
    }

    private static boolean looksAhead(StageNode node) {
        return node.stages().stream().anyMatch(used -> used >= node.index());
    }

    /** A stage that is built cannot use one that stands below. */
    static void refuseLater(
            StageNode node, Collection<StageInstruction> instructions, Map<Integer, StageNode> stages, Faults faults) {
        for (StageInstruction instruction : instructions) {
            for (FileSource source : instruction.uses()) {
                if (source instanceof FileSource.OfStage(int used) && used >= node.index()) {
                    faults.add(
                            instruction.instruction().place(),
                            new Problem(
                                    "",
                                    "cannot copy from stage '"
                                            + stages.getOrDefault(used, node).label() + "'",
                                    "it needs to be defined before the current stage '" + node.label() + "'",
                                    "move that stage up"));
                }
            }
        }
    }
}
