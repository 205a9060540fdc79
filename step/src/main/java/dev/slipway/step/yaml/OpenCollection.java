package dev.slipway.step.yaml;

import dev.slipway.foundation.error.Place;
import dev.slipway.step.yaml.TreeBuilder.Sized;
import dev.slipway.step.yaml.YamlNode.Entry;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlNode.Scalar;
import dev.slipway.step.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A collection whose end has not been read yet. */
abstract sealed class OpenCollection {
    final Place place;
    private final Optional<String> anchor;
    private long nodes = 1;

    private OpenCollection(Place place, Optional<String> anchor) {
        this.place = place;
        this.anchor = anchor;
    }

    final Optional<String> anchor() {
        return anchor;
    }

    final void add(Sized child) {
        nodes += child.nodes();
        take(child.node());
    }

    final Sized close() {
        return new Sized(node(), nodes);
    }

    abstract void take(YamlNode child);

    abstract YamlNode node();

    /** A list. */
    static final class OfItems extends OpenCollection {
        private final List<YamlNode> items = new ArrayList<>();

        OfItems(Place place, Optional<String> anchor) {
            super(place, anchor);
        }

        @Override
        void take(YamlNode child) {
            items.add(child);
        }

        @Override
        YamlNode node() {
            return new Sequence(place, items);
        }
    }

    /** A mapping: keys and values come in turn. */
    static final class OfEntries extends OpenCollection {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Place> seen = new HashMap<>();
        private @Nullable Scalar key;

        OfEntries(Place place, Optional<String> anchor) {
            super(place, anchor);
        }

        @Override
        void take(YamlNode child) {
            Scalar current = key;
            if (current != null) {
                entries.add(new Entry(current, child));
                key = null;
                return;
            }
            if (!(child instanceof Scalar scalar)) {
                throw TreeBuilder.fault(child.place(), child.describe() + " as a key", "a key is a single value");
            }
            Place first = seen.putIfAbsent(scalar.text(), scalar.place());
            if (first != null) {
                throw TreeBuilder.fault(
                        scalar.place(), "the key " + scalar.text(), "it is there already at line " + first.line());
            }
            key = scalar;
        }

        @Override
        YamlNode node() {
            return new Mapping(place, entries);
        }
    }
}
