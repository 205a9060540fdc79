package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.value.CsvRecord;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * One {@code --mount} of a RUN as written: {@code key[=value]} options in their order. The values of all options but
 * {@code from} may hold variables, even {@code type}; {@link #resolve} reads the options once those are known.
 *
 * @param text what stood after {@code --mount=}
 */
public record MountFlag(String text, List<Option> options) {
    public MountFlag {
        requireNonNull(text, "text is null");
        options = List.copyOf(options);
    }

    /**
     * Splits the text into its options and checks what can be checked before variables are known.
     *
     * @throws InvalidInputException with all faults, each naming its option, with no place
     */
    public static MountFlag parse(String text) {
        return parse(text, _ -> "");
    }

    /**
     * Splits the text into its options and checks what can be checked before variables are known.
     *
     * @param where gives the place, for errors, of a character of the text
     * @throws InvalidInputException with all faults, each naming its option
     */
    public static MountFlag parse(String text, IntFunction<String> where) {
        MountFaults faults = new MountFaults(text, where);
        List<Option> options = new ArrayList<>();
        for (CsvRecord.Field field : faults.of(0, () -> CsvRecord.parse(text)).orElse(List.of())) {
            faults.of(field.start(), () -> option(field)).ifPresent(options::add);
        }
        faults.throwIfAny();
        MountFlag flag = new MountFlag(text, options);
        if (options.stream().noneMatch(option -> option.value().orElse("").contains("$"))) {
            new MountReader(flag, UnaryOperator.identity(), where).read();
        }
        return flag;
    }

    private static Option option(CsvRecord.Field field) {
        String text = field.text();
        int equals = text.indexOf('=');
        String key = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
        if (!MountReader.KEYS.contains(key)) {
            throw MountFaults.bad(
                    text,
                    "unknown option '" + key + "'",
                    Spelling.nearest(key, MountReader.KEYS)
                            .map(found -> "did you mean " + found + "?")
                            .orElse("the options are " + String.join(", ", MountReader.KEYS)));
        }
        if (equals < 0 && !MountReader.BARE_KEYS.contains(key)) {
            throw MountFaults.bad(text, "option '" + key + "' has no value", "write " + key + "=VALUE");
        }
        Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
        // As BuildKit: a dollar at the very end names nothing.
        if (key.equals("from")
                && value.filter(from -> from.indexOf('$') >= 0 && from.indexOf('$') < from.length() - 1)
                        .isPresent()) {
            throw MountFaults.bad(
                    text,
                    "variables are not expanded in from",
                    "give the image a stage of its own (FROM $IMAGE AS name) and mount from that");
        }
        return new Option(key, value, field.start());
    }

    /** The stage, named context or image that the mount is filled from; never expanded, never a stage number. */
    public Optional<String> from() {
        return options.stream()
                .filter(option -> option.key().equals("from"))
                .flatMap(option -> option.value().stream())
                .reduce((_, last) -> last);
    }

    /**
     * Reads the options.
     *
     * @param expansion of one raw value
     * @throws InvalidInputException with all faults, each naming its option, with no place
     */
    public Mount resolve(UnaryOperator<String> expansion) {
        return new MountReader(this, expansion, _ -> "").read();
    }

    /**
     * One option.
     *
     * @param key in lower case
     * @param value raw; absent for a bare word such as {@code ro}
     * @param start where it begins in the flag's text
     */
    public record Option(String key, Optional<String> value, int start) {
        public Option {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }
}
