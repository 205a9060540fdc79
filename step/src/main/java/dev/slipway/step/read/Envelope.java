package dev.slipway.step.read;

import dev.slipway.step.yaml.Faults;
import dev.slipway.step.yaml.YamlNode;
import dev.slipway.step.yaml.YamlNode.Entry;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlNode.Sequence;
import java.util.Optional;
import java.util.Set;

/** Finds the step in a document. */
final class Envelope {
    private static final String STEP = "step";
    private static final Set<String> LARGER = Set.of(
            "pipeline",
            "stage",
            "stages",
            "execution",
            "steps",
            "stepGroup",
            "parallel",
            "template",
            "inputSet",
            "trigger");

    private Envelope() {}

    /** The step's mapping; empty if a fault has been noted. */
    static Optional<Mapping> open(YamlNode root, Faults faults) {
        return switch (root) {
            case Mapping mapping -> mapping(mapping, faults);
            case Sequence list
            when list.items().size() == 1 && list.items().getFirst() instanceof Mapping mapping ->
                mapping(mapping, faults);
            case Sequence list
            when list.items().size() > 1 -> {
                faults.notSupportedYet(list.items().get(1).place(), "a second step", "a file holds one");
                yield Optional.empty();
            }
            default -> {
                faults.add(root.place(), "no step", "expected a mapping, found " + root.describe());
                yield Optional.empty();
            }
        };
    }

    private static Optional<Mapping> mapping(Mapping mapping, Faults faults) {
        Optional<Entry> wrapped = mapping.entries().stream()
                .filter(entry -> entry.key().text().equals(STEP))
                .findFirst();
        if (wrapped.isPresent()) {
            return wrapped(mapping, wrapped.get().value(), faults);
        }
        for (Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (LARGER.contains(key)) {
                faults.notSupportedYet(entry.key().place(), "a file with '" + key + "'", "only a file with one step");
                return Optional.empty();
            }
            if (key.equals("connector")) {
                faults.add(
                        entry.key().place(),
                        "no step",
                        "this is a connector",
                        "put it into the directory of connectors");
                return Optional.empty();
            }
        }
        return Optional.of(mapping);
    }

    private static Optional<Mapping> wrapped(Mapping mapping, YamlNode value, Faults faults) {
        mapping.entries().stream()
                .filter(entry -> !entry.key().text().equals(STEP))
                .forEach(entry -> faults.add(
                        entry.key().place(), "unknown key '" + entry.key().shown() + "' beside step", ""));
        if (value instanceof Mapping step) {
            return Optional.of(step);
        }
        faults.add(value.place(), STEP, "expected a mapping, found " + value.describe());
        return Optional.empty();
    }
}
