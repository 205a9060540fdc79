package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.value.CsvRecord;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
     * @throws InvalidInputException naming the option, with no place
     */
    public static MountFlag parse(String text) {
        List<Option> options = new ArrayList<>();
        for (String field : CsvRecord.parse(text)) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (!MountReader.KEYS.contains(key)) {
                throw bad(text, "unknown option '" + key + "'", Spelling.hint(key, MountReader.KEYS));
            }
            if (equals < 0 && !MountReader.BARE_KEYS.contains(key)) {
                throw bad(text, "option '" + key + "' has no value", "write " + key + "=VALUE");
            }
            options.add(new Option(key, equals < 0 ? Optional.empty() : Optional.of(field.substring(equals + 1))));
        }
        MountFlag flag = new MountFlag(text, options);
        if (flag.from().filter(from -> from.contains("$")).isPresent()) {
            throw bad(
                    text,
                    "variables are not expanded in from",
                    "give the image a stage of its own (FROM $IMAGE AS name) and mount from that");
        }
        if (options.stream().noneMatch(option -> option.value().orElse("").contains("$"))) {
            flag.resolve(UnaryOperator.identity());
        }
        return flag;
    }

    private static InvalidInputException bad(String text, String why, String remedy) {
        return new InvalidInputException(new Problem("", "--mount=" + text, why, remedy));
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
     * @throws InvalidInputException naming the option, with no place
     */
    public Mount resolve(UnaryOperator<String> expansion) {
        return new MountReader(this, expansion).read();
    }

    /**
     * One option.
     *
     * @param key in lower case
     * @param value raw; absent for a bare word such as {@code ro}
     */
    public record Option(String key, Optional<String> value) {
        public Option {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }
}
