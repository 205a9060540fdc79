package dev.slipway.step.yaml;

import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.Place;
import dev.slipway.step.yaml.YamlNode.Entry;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlNode.Scalar;
import dev.slipway.step.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the values of a mapping and notes what is wrong with them. A value that is wrong is read as absent: it has been
 * noted, and the reading goes on. So is a value that is nothing, and one that is empty where that cannot be meant.
 */
public final class Fields {
    private final String path;
    private final Place place;
    private final Map<String, Entry> entries;
    private final Faults faults;

    private Fields(String path, Place place, Map<String, Entry> entries, Faults faults) {
        this.path = path;
        this.place = place;
        this.entries = entries;
        this.faults = faults;
    }

    /**
     * Notes keys that are not known.
     *
     * @param path what leads to the mapping, e.g. {@code spec.resources}; empty for the outermost
     */
    public static Fields of(String path, Mapping mapping, List<String> known, Faults faults) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry));
        entries.forEach((name, entry) -> {
            if (!known.contains(name)) {
                String in = path.isEmpty() ? "" : " in " + path;
                faults.add(
                        entry.key().place(), "unknown key '" + entry.key().shown() + "'" + in, "", hint(name, known));
            }
        });
        return new Fields(path, mapping.place(), entries, faults);
    }

    /** The same mapping, with another place to note faults in. */
    public Fields withFaults(Faults others) {
        return new Fields(path, place, entries, others);
    }

    private static String hint(String name, List<String> known) {
        return name.equals("<<") ? "YAML 1.2 has no merge keys" : Spelling.hint(name, known);
    }

    public Place place() {
        return place;
    }

    /** The place of a key; of the mapping where the key is absent. */
    public Place place(String key) {
        Entry entry = entries.get(key);
        return entry == null ? place : entry.key().place();
    }

    /** Whether the mapping has no key at all. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public boolean has(String key) {
        return node(key).isPresent();
    }

    /** The value, unless it is nothing. */
    public Optional<YamlNode> node(String key) {
        return Optional.ofNullable(entries.get(key))
                .map(Entry::value)
                .filter(node -> !(node instanceof Scalar scalar && scalar.isNothing()));
    }

    /** Notes that the key is missing if it is. */
    public void require(String key, String meaning) {
        boolean empty = node(key)
                .map(node -> node instanceof Scalar scalar && scalar.text().isBlank())
                .orElse(true);
        if (empty) {
            faults.add(place(key), name(key) + " is missing", meaning);
        }
    }

    /** A single value. */
    public <T> Optional<T> read(String key, ScalarParser<T> parser) {
        return scalar(key).flatMap(scalar -> parse(name(key), scalar, parser));
    }

    public Optional<String> text(String key) {
        return read(key, Scalar::text);
    }

    public Optional<Boolean> truth(String key) {
        return read(key, scalar -> switch (scalar.text()) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        });
    }

    /** A list of single values; one that is wrong is left out. */
    public <T> List<T> list(String key, String expected, ScalarParser<T> parser) {
        List<T> values = new ArrayList<>();
        for (YamlNode item : sequence(key, expected)) {
            if (item instanceof Scalar scalar && !scalar.isNothing()) {
                parse(name(key), scalar, parser).ifPresent(values::add);
            } else {
                wrongType(name(key), item, "a single value in each entry");
            }
        }
        return values;
    }

    /** A mapping of names to single values, in the order of the file. */
    public Map<String, String> texts(String key, ScalarParser<String> nameParser) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : mapping(key, "a mapping of names to values")
                .map(Mapping::entries)
                .orElse(List.of())) {
            Optional<String> name = parse("a name in " + name(key), entry.key(), nameParser);
            String path = name(key) + "." + entry.key().shown();
            if (entry.value() instanceof Scalar scalar && !scalar.isNothing()) {
                Optional<String> value = parse(path, scalar, Scalar::text);
                name.ifPresent(n -> value.ifPresent(v -> values.put(n, v)));
            } else {
                wrongType(path, entry.value(), "a single value (\"\" for an empty one)");
            }
        }
        return values;
    }

    /** A mapping with keys of its own. */
    public Optional<Fields> nested(String key, List<String> known) {
        return mapping(key, "a mapping").map(mapping -> of(name(key), mapping, known, faults));
    }

    /** The entries of a list. */
    public List<YamlNode> sequence(String key, String expected) {
        Optional<YamlNode> node = node(key).filter(value -> !isEmptyText(value));
        if (node.isEmpty() || (node.get() instanceof Scalar scalar && isExpression(name(key), scalar))) {
            return List.of();
        }
        if (node.get() instanceof Sequence sequence) {
            return sequence.items();
        }
        wrongType(name(key), node.get(), expected);
        return List.of();
    }

    /** What a message calls the key. */
    public String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public Faults faults() {
        return faults;
    }

    private Optional<Mapping> mapping(String key, String expected) {
        Optional<YamlNode> node = node(key).filter(value -> !isEmptyText(value));
        if (node.isEmpty() || (node.get() instanceof Scalar scalar && isExpression(name(key), scalar))) {
            return Optional.empty();
        }
        if (node.get() instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        wrongType(name(key), node.get(), expected);
        return Optional.empty();
    }

    private Optional<Scalar> scalar(String key) {
        Optional<YamlNode> node = node(key).filter(value -> !isEmptyText(value));
        if (node.isPresent() && !(node.get() instanceof Scalar)) {
            wrongType(name(key), node.get(), "a single value");
        }
        return node.filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }

    private <T> Optional<T> parse(String name, Scalar scalar, ScalarParser<T> parser) {
        if (isExpression(name, scalar)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(scalar));
        } catch (IllegalArgumentException e) {
            String reason = e.getMessage() == null ? "" : e.getMessage();
            faults.add(scalar.place(), name + " '" + scalar.shown() + "'", reason);
            return Optional.empty();
        }
    }

    private boolean isExpression(String name, Scalar scalar) {
        if (!scalar.text().contains("<+")) {
            return false;
        }
        String why =
                scalar.text().contains("<+input>") ? "values that are asked for when a pipeline starts" : "expressions";
        faults.notSupportedYet(scalar.place(), name + " '" + scalar.shown() + "'", why + "; write the value itself");
        return true;
    }

    private void wrongType(String name, YamlNode found, String expected) {
        faults.add(found.place(), name, "expected " + expected + ", found " + found.describe());
    }

    private static boolean isEmptyText(YamlNode node) {
        return node instanceof Scalar scalar && scalar.text().isBlank();
    }
}
