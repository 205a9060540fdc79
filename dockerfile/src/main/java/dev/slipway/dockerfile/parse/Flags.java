package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The flags of one instruction, checked against those that it knows. */
final class Flags {
    private static final Map<String, Map<String, Kind>> KNOWN = Map.of(
            "FROM", Map.of("platform", Kind.TEXT),
            "RUN",
                    Map.of(
                            "mount", Kind.LIST,
                            "network", Kind.TEXT,
                            "security", Kind.TEXT,
                            "device", Kind.LIST),
            "COPY",
                    Map.of(
                            "from", Kind.TEXT,
                            "chown", Kind.TEXT,
                            "chmod", Kind.TEXT,
                            "link", Kind.TRUTH,
                            "parents", Kind.TRUTH,
                            "exclude", Kind.LIST),
            "ADD",
                    Map.of(
                            "chown", Kind.TEXT,
                            "chmod", Kind.TEXT,
                            "link", Kind.TRUTH,
                            "exclude", Kind.LIST,
                            "keep-git-dir", Kind.TRUTH,
                            "checksum", Kind.TEXT,
                            "unpack", Kind.TRUTH),
            "HEALTHCHECK",
                    Map.of(
                            "interval", Kind.TEXT,
                            "timeout", Kind.TEXT,
                            "start-period", Kind.TEXT,
                            "start-interval", Kind.TEXT,
                            "retries", Kind.TEXT));

    private final Statement statement;
    private final Map<String, Kind> known;
    private final Map<String, List<Word>> values = new LinkedHashMap<>();

    private Flags(Statement statement) {
        this.statement = statement;
        this.known = KNOWN.getOrDefault(statement.name(), Map.of());
    }

    /** @throws InvalidInputException with the faults of all flags */
    static Flags read(Statement statement) {
        Attempts attempts = new Attempts();
        Flags flags = read(statement, attempts);
        return attempts.finish(() -> flags);
    }

    /** The flags that are right; the faults of the others are kept by the attempts. */
    static Flags read(Statement statement, Attempts attempts) {
        Flags flags = new Flags(statement);
        statement.flags().forEach(flag -> attempts.of(() -> flags.take(flag)));
        return flags;
    }

    /** Whether the flag was given, be it empty. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value with its place; absent where the flag is missing or empty. */
    Optional<Word> word(String name) {
        return list(name).stream().filter(word -> !word.text().isEmpty()).findFirst();
    }

    Optional<String> text(String name) {
        return word(name).map(Word::text);
    }

    Optional<Boolean> truth(String name) {
        return list(name).stream()
                .findFirst()
                .map(word -> word.text().toLowerCase(Locale.ROOT).equals("true"));
    }

    List<Word> list(String name) {
        return values.getOrDefault(name, List.of());
    }

    private Word take(Word flag) {
        int equals = flag.text().indexOf('=');
        String name = flag.text().substring(2, equals < 0 ? flag.text().length() : equals);
        Kind kind = known.get(name);
        if (kind == null) {
            throw unknown(flag, name);
        }
        if (values.containsKey(name) && kind != Kind.LIST) {
            throw statement.fault(flag, "the flag --" + name + " stands twice", "keep one");
        }
        if (equals < 0 && kind != Kind.TRUTH) {
            throw statement.fault(flag, "the flag --" + name + " has no value", "write --" + name + "=VALUE");
        }
        String value = equals < 0 ? "true" : flag.text().substring(equals + 1);
        if (kind == Kind.TRUTH && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw statement.fault(
                    flag, "'" + value + "' is neither true nor false", "write --" + name + " or --" + name + "=false");
        }
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Word(value, flag.offset()));
        return flag;
    }

    private InvalidInputException unknown(Word flag, String name) {
        List<String> owners = KNOWN.keySet().stream()
                .filter(keyword -> KNOWN.getOrDefault(keyword, Map.of()).containsKey(name))
                .sorted()
                .toList();
        if (!owners.isEmpty()) {
            return statement.fault(
                    flag,
                    "the flag --" + name + " is not one of " + statement.name(),
                    "it belongs to " + String.join(" and ", owners));
        }
        String remedy = Spelling.nearest(name, known.keySet())
                .map(found -> "did you mean --" + found + "?")
                .orElseGet(() -> known.isEmpty()
                        ? statement.name() + " takes no flags; write -- in front of arguments that begin with --"
                        : "the flags of " + statement.name() + " are "
                                + known.keySet().stream()
                                        .sorted()
                                        .map(one -> "--" + one)
                                        .toList());
        return statement.fault(flag, "unknown flag --" + name, remedy);
    }

    /** What a flag takes. */
    private enum Kind {
        TRUTH,
        TEXT,
        LIST
    }
}
