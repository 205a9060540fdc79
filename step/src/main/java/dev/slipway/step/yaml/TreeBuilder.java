package dev.slipway.step.yaml;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.step.yaml.YamlNode.Kind;
import dev.slipway.step.yaml.YamlNode.Scalar;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Makes the tree of a document from its events and holds it to its limits. */
final class TreeBuilder {
    private static final int MOST_LEVELS = 50;
    private static final int MOST_ALIASES = 50;
    private static final long MOST_NODES = 200_000;

    private final String file;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private final Deque<OpenCollection> open = new ArrayDeque<>();
    private final Map<String, Sized> anchored = new HashMap<>();
    private int aliases;
    private long nodes;
    private @Nullable YamlNode root;

    TreeBuilder(String file) {
        this.file = file;
    }

    /** A node and the number of nodes in it, aliases replaced. */
    record Sized(YamlNode node, long nodes) {}

    void accept(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> requireFirst(event);
            case MappingStart, SequenceStart -> begin((NodeEvent) event);
            case MappingEnd, SequenceEnd -> end();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    Optional<YamlNode> root() {
        return Optional.ofNullable(root).filter(node -> !(node instanceof Scalar scalar && scalar.isNothing()));
    }

    private void requireFirst(Event event) {
        if (root != null) {
            throw fault(place(event), "a second document", "a file holds one");
        }
    }

    private void begin(NodeEvent event) {
        Place place = place(event);
        if (open.size() == MOST_LEVELS) {
            throw fault(place, "nested too deeply", "at most " + MOST_LEVELS + " levels are read");
        }
        Optional<String> anchor = event.getAnchor().map(Anchor::getValue);
        anchor.ifPresent(anchored::remove); // an alias inside of what it stands for would never end
        count(place, 1);
        open.push(
                event instanceof MappingStartEvent
                        ? new OpenCollection.OfEntries(place, anchor)
                        : new OpenCollection.OfItems(place, anchor));
    }

    private void end() {
        OpenCollection ended = open.pop();
        add(ended.anchor(), ended.close());
    }

    private void scalar(ScalarEvent event) {
        Place place = place(event);
        count(place, 1);
        String tag = event.getTag().orElse("!");
        Tag resolved = tag.equals("!")
                ? resolver.resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar())
                : written(tag, place);
        Scalar scalar = new Scalar(place, event.getValue(), kind(resolved, place));
        add(event.getAnchor().map(Anchor::getValue), new Sized(scalar, 1));
    }

    private void alias(AliasEvent event) {
        Place place = place(event);
        String name = event.getAlias().getValue();
        Sized target = anchored.get(name);
        if (target == null) {
            throw fault(place, "the alias *" + name, "no anchor &" + name + " ends before it");
        }
        if (++aliases > MOST_ALIASES) {
            throw fault(place, "too many aliases", "at most " + MOST_ALIASES + " are read");
        }
        count(place, target.nodes);
        add(Optional.empty(), target);
    }

    private void add(Optional<String> anchor, Sized node) {
        anchor.ifPresent(name -> anchored.put(name, node));
        OpenCollection parent = open.peek();
        if (parent == null) {
            root = node.node;
        } else {
            parent.add(node);
        }
    }

    private void count(Place place, long more) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw fault(place, "too many values", "at most " + MOST_NODES + " are read, aliases replaced");
        }
    }

    /** The library refuses blanks at the ends, which can be written as {@code %20}, with an exception of its own. */
    private Tag written(String tag, Place place) {
        if (!tag.trim().equals(tag)) {
            throw unknownTag(tag, place);
        }
        return new Tag(tag);
    }

    private Kind kind(Tag tag, Place place) {
        if (tag.equals(Tag.STR) || tag.equals(Tag.MERGE)) {
            return Kind.TEXT;
        }
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Kind.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.TRUTH;
        }
        if (tag.equals(Tag.NULL)) {
            return Kind.NOTHING;
        }
        throw unknownTag(tag.getValue(), place);
    }

    private static InvalidInputException unknownTag(String tag, Place place) {
        return fault(place, "the YAML tag " + tag, "only those of YAML's core schema are read");
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> YamlParser.placeOf(file, mark)).orElseGet(() -> Place.ofFile(file));
    }

    static InvalidInputException fault(Place place, String what, String why) {
        return new InvalidInputException(Problem.of(what, why).at(place));
    }
}
