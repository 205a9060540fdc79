package dev.slipway.engine.check;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with what the checks say of it.
 *
 * @param file as the user named it
 * @param lines without their line ends
 */
public record CheckedFile(String file, List<String> lines, LintReport report) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern POSITION = Pattern.compile(":(\\d{1,9})(?::(\\d{1,9}))?");

    public CheckedFile {
        requireNonNull(file, "file is null");
        requireNonNull(report, "report is null");
        lines = List.copyOf(lines);
    }

    static CheckedFile of(String file, byte[] bytes, LintReport report) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String unmarked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return new CheckedFile(file, List.of(unmarked.split("\r?\n", -1)), report);
    }

    /** The line of that number; empty where there is none. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** Where in this file a fault is; absent where it is in no line of it. */
    public Optional<Place> place(Problem fault) {
        if (!fault.where().startsWith(file)) {
            return Optional.empty();
        }
        Matcher position = POSITION.matcher(fault.where().substring(file.length()));
        if (!position.matches() || position.group(1).equals("0")) {
            return Optional.empty();
        }
        int column =
                Optional.ofNullable(position.group(2)).map(Integer::parseInt).orElse(0);
        return Optional.of(new Place(file, Integer.parseInt(position.group(1)), column));
    }
}
