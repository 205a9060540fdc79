package dev.slipway.dockerfile.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a table in {@code src/test/resources/conformance}: {@code input => expected}, or {@code input => ! refusal}.
 * Lines that begin with {@code ##} name the rule, empty ones separate. What cannot be seen is written with its picture:
 * {@code ␊} is a line feed, {@code ␍} a carriage return, {@code ␉} a tab, {@code ␠} a space, {@code ⍽} a no-break space,
 * {@code ◊} a byte order mark, {@code ∅} nothing.
 *
 * @param table the file's name without {@code .txt}
 */
record Row(String table, int line, String input, String expected) {
    static List<Row> of(String table) {
        List<Row> rows = new ArrayList<>();
        List<String> lines = read(table).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int arrow = line.indexOf(" => ");
            if (line.startsWith("##") || line.isBlank()) {
                continue;
            }
            if (arrow < 0) {
                throw new IllegalStateException(table + ".txt:" + (i + 1) + " has no ' => '");
            }
            rows.add(new Row(
                    table,
                    i + 1,
                    visible(line.substring(0, arrow).strip()),
                    line.substring(arrow + 4).strip()));
        }
        return rows;
    }

    /** The fragments of the refusals that are expected; absent where the input is right. */
    Optional<List<List<String>>> refusals() {
        if (!expected.startsWith("! ")) {
            return Optional.empty();
        }
        List<List<String>> refusals = new ArrayList<>();
        for (String refusal : expected.substring(2).split(" ;; ", -1)) {
            refusals.add(List.of(visible(refusal.strip()).split(" && ", -1)));
        }
        return Optional.of(refusals);
    }

    /** What an unseen character is written as, so that results look like the tables. */
    static String pictured(String text) {
        return text.replace("\n", "␊").replace("\r", "␍").replace("\t", "␉").replace("\u00A0", "⍽");
    }

    private static String visible(String text) {
        return text.replace("␊", "\n")
                .replace("␍", "\r")
                .replace("␉", "\t")
                .replace("␠", " ")
                .replace("⍽", "\u00A0")
                .replace("◊", "\uFEFF")
                .replace("∅", "");
    }

    private static String read(String table) {
        try (InputStream in = Row.class.getResourceAsStream("/conformance/" + table + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("no table " + table);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return table + ".txt:" + line + " " + pictured(input);
    }
}
