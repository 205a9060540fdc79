package dev.slipway.it.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what was found with what a case says, and tells the differences in its words. */
final class Listings {
    private static final String REMOVED = "removed";

    private Listings() {}

    /** What a tree changes in its base: path to text, {@code removed} where nothing is left. */
    static Map<String, Listing.Node> changes(Map<String, Listing.Node> base, Map<String, Listing.Node> tree) {
        Map<String, Listing.Node> changes = new TreeMap<>();
        base.forEach((path, node) -> {
            if (!tree.containsKey(path)) {
                changes.put(path, new Listing.Node(REMOVED, 0, 0));
            }
        });
        tree.forEach((path, node) -> {
            Listing.Node before = base.get(path);
            boolean same = before != null && before.text().equals(node.text()) && before.identity() == node.identity();
            if (!same) {
                changes.put(path, node);
            }
        });
        return changes;
    }

    static List<String> differences(List<TreeLine> expected, Map<String, Listing.Node> changes) {
        Map<String, String> wanted = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        changes.forEach((path, node) -> found.put(path, node.text()));
        for (TreeLine line : expected) {
            Optional<Long> modified = line.modified();
            Listing.Node node = changes.get(line.path());
            if (modified.isPresent() && node != null) {
                found.put(line.path(), node.text() + " @" + node.modified());
            }
            wanted.put(
                    line.path(), line.text() + modified.map(time -> " @" + time).orElse(""));
        }
        return differences(wanted, found);
    }

    static List<String> differences(Map<String, ?> expected, Map<String, ?> found) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            Object wanted = expected.get(name);
            Object there = found.get(name);
            if (wanted == null || !wanted.equals(there)) {
                lines.add(name + " " + shown(there) + "   expected: " + shown(wanted));
            }
        }
        return lines;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "(as in the base)" : value.toString();
    }

    static boolean startsWith(List<String> list, List<String> beginning) {
        return list.size() >= beginning.size()
                && list.subList(0, beginning.size()).equals(beginning);
    }
}
