package dev.slipway.step.yaml;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import java.util.List;

/**
 * A node of a YAML document. Aliases are replaced by what they stand for, so one node may be found in several places of
 * the tree; it knows the place where it is written.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
 */
public sealed interface YamlNode {
    Place place();

    /** What a user would call it, e.g. {@code a list}, {@code the number 42}. */
    String describe();

    /** Keys are all different. */
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        public Mapping {
            requireNonNull(place, "place is null");
            entries = List.copyOf(entries);
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, YamlNode value) {
        public Entry {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            requireNonNull(place, "place is null");
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param text as written, without quotes and with escapes resolved: {@code 042} stays {@code 042}
     * @param kind by YAML's core schema; always {@code TEXT} for what is quoted
     */
    record Scalar(Place place, String text, Kind kind) implements YamlNode {
        private static final int SHOWN = 40;

        public Scalar {
            requireNonNull(place, "place is null");
            requireNonNull(text, "text is null");
            requireNonNull(kind, "kind is null");
        }

        public boolean isNothing() {
            return kind == Kind.NOTHING;
        }

        @Override
        public String describe() {
            return switch (kind) {
                case TEXT -> "'" + shown() + "'";
                case INTEGER, DECIMAL -> "the number " + shown();
                case TRUTH -> "the truth value " + shown();
                case NOTHING -> "nothing";
            };
        }

        /** The text, cut to what fits into a message. */
        public String shown() {
            int[] points =
                    text.codePoints().takeWhile(c -> c >= ' ').limit(SHOWN + 1L).toArray();
            String start = new String(points, 0, Math.min(points.length, SHOWN));
            return start.length() == text.length() ? text : start + "…";
        }
    }

    /** What a plain scalar is taken for. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        TRUTH,
        NOTHING
    }
}
