package dev.slipway.image.json;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Platform;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Typed access to the members of a JSON object; each complaint names the member. Null counts as absent. */
record Fields(JsonNode node, String path) {
    private static final Pattern BEYOND_NANOS = Pattern.compile("(\\.\\d{9})\\d+");
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int REPLACEMENT = 0xfffd;

    static Fields of(JsonNode node) {
        return new Fields(node, "");
    }

    /** Empty if absent. */
    String text(String name) {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return "";
        }
        if (!value.isString()) {
            throw wrong(name, "a string", value);
        }
        return clean(value.asString());
    }

    String requiredText(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw missing(name);
        }
        return text;
    }

    /** A size in bytes, which must be there. */
    long requiredSize(String name) {
        if (absent(node.path(name))) {
            throw missing(name);
        }
        long size = number(name);
        if (size < 0) {
            throw new IllegalArgumentException("'" + path + name + "' is " + size);
        }
        return size;
    }

    boolean has(String name) {
        return !absent(node.path(name));
    }

    long number(String name) {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number", value);
        }
        return value.asLong();
    }

    int smallNumber(String name) {
        long value = number(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("'" + path + name + "' is out of range: " + value);
        }
        return (int) value;
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value.asBoolean();
    }

    Optional<Fields> object(String name) {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(name, "an object", value);
        }
        return Optional.of(new Fields(value, path + name + "."));
    }

    Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        int index = 0;
        for (JsonNode value : array(name)) {
            if (!value.isObject()) {
                throw wrong(name, "a list of objects", value);
            }
            objects.add(new Fields(value, path + name + "[" + index++ + "]."));
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(name)) {
            if (!value.isString()) {
                throw wrong(name, "a list of strings", value);
            }
            texts.add(clean(value.asString()));
        }
        return texts;
    }

    /**
     * Docker writes null for a list that is not set; that is different from an empty one. It reads a single string as a
     * list of one.
     */
    Optional<List<String>> optionalTexts(String name) {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return Optional.empty();
        }
        return Optional.of(value.isString() ? List.of(text(name)) : texts(name));
    }

    Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        object(name)
                .ifPresent(object -> object.node.propertyNames().forEach(key -> map.put(clean(key), object.text(key))));
        return map;
    }

    /** The keys of an object whose values mean nothing. */
    List<String> keys(String name) {
        return object(name)
                .map(object ->
                        object.node.propertyNames().stream().map(Fields::clean).toList())
                .orElse(List.of());
    }

    Digest digest(String name) {
        String text = text(name);
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + path + name + "' is not a digest: '" + text + "'", e);
        }
    }

    /** Any RFC 3339 time, to the nanosecond; the zero time of Go counts as absent. */
    Optional<Instant> time(String name) {
        String text = text(name);
        if (text.isEmpty() || text.startsWith("0001-01-01T00:00:00")) {
            return Optional.empty();
        }
        try {
            Instant time = OffsetDateTime.parse(BEYOND_NANOS.matcher(text).replaceFirst("$1"))
                    .toInstant();
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw new DateTimeException("the year has more than four digits");
            }
            return Optional.of(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + path + name + "' is not a time: '" + text + "'", e);
        }
    }

    Duration nanoseconds(String name) {
        return Duration.ofNanos(number(name));
    }

    Platform platform() {
        return new Platform(text("os"), text("architecture"), text("variant"), text("os.version"));
    }

    private Iterable<JsonNode> array(String name) {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "a list", value);
        }
        return value;
    }

    /** Half a surrogate pair has no UTF-8 form; as other tools do, it becomes the replacement character. */
    private static String clean(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("'" + path + name + "' is missing");
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private IllegalArgumentException wrong(String name, String expected, JsonNode found) {
        return new IllegalArgumentException("'" + path + name + "' is not " + expected + " but "
                + found.getNodeType().name().toLowerCase(Locale.ROOT));
    }
}
