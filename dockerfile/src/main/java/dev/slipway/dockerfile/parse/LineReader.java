package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads logical lines and the bodies of heredocs from the physical lines of a file. */
final class LineReader {
    private static final int LONGEST_LINE_BYTES = 65_535;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final List<String> lines;
    private final Faults faults;
    private final Optional<Place> fixedPlace;
    private final List<String> comments = new ArrayList<>();
    private char escape = '\\';
    private int at;

    private LineReader(String file, String text, Faults faults, Optional<Place> fixedPlace) {
        this.file = file;
        this.lines = split(text);
        this.faults = faults;
        this.fixedPlace = fixedPlace;
        checkLengths();
    }

    static LineReader ofFile(String file, byte[] bytes, Faults faults) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new LineReader(file, marked ? text.substring(1) : text, faults, Optional.empty());
    }

    /** Every line of the text counts as standing at the place. */
    static LineReader ofTrigger(String text, Place place, Faults faults) {
        return new LineReader(place.file(), text, faults, Optional.of(place));
    }

    void escape(char newEscape) {
        escape = newEscape;
    }

    char escape() {
        return escape;
    }

    /** The next physical line without its line end, without taking it. */
    Optional<String> peek() {
        return at < lines.size() ? Optional.of(physical(at)) : Optional.empty();
    }

    /** A physical line without its line end, wherever the reading stands; absent behind the last one. */
    Optional<String> line(int number) {
        return number <= lines.size() ? Optional.of(physical(number - 1)) : Optional.empty();
    }

    /** The lines from a 1-based number on, line ends included. */
    String from(int number) {
        return String.join("", lines.subList(Math.min(number - 1, lines.size()), lines.size()));
    }

    /** The place of a column of any physical line. */
    Place place(int number, int column) {
        return new Place(file, number, column);
    }

    void skip() {
        at++;
    }

    /** The place of a column of the next physical line. */
    Place placeOfNext(int column) {
        return fixedPlace.orElseGet(() -> new Place(file, at + 1, column));
    }

    Optional<LogicalLine> next() {
        while (at < lines.size()) {
            String line = Blanks.strip(physical(at));
            if (line.startsWith("#")) {
                comment(Blanks.strip(line.substring(1)));
            } else if (!line.isEmpty()) {
                LogicalLine logical = logical();
                if (!Blanks.isBlank(logical.text())) {
                    return Optional.of(logical);
                }
                continue;
            }
            at++;
        }
        return Optional.empty();
    }

    /** Fills a heredoc with the lines up to its terminator; absent where there is no terminator. */
    Optional<Heredoc> body(Heredoc heredoc) {
        StringBuilder body = new StringBuilder();
        while (at < lines.size()) {
            String line = physical(at);
            String candidate = heredoc.stripsTabs() ? line.replaceFirst("^\t+", "") : line;
            String raw = lines.get(at++);
            if (candidate.equals(heredoc.name())) {
                return Optional.of(new Heredoc(
                        heredoc.name(),
                        heredoc.descriptor(),
                        heredoc.expands(),
                        heredoc.stripsTabs(),
                        body.toString()));
            }
            body.append(raw);
        }
        return Optional.empty();
    }

    /** 1-based number of the last line that was taken. */
    int lastLine() {
        return fixedPlace.map(Place::line).orElse(at);
    }

    private LogicalLine logical() {
        LogicalLine.Builder builder = new LogicalLine.Builder();
        List<String> block = List.copyOf(comments);
        comments.clear();
        boolean first = true;
        boolean continues = true;
        boolean warned = false;
        while (continues && at < lines.size()) {
            String line = physical(at);
            int blanks = Blanks.leading(line);
            boolean isComment = line.startsWith("#", blanks);
            if (!first && (isComment || blanks == line.length())) {
                if (!isComment && !warned) {
                    warned = true;
                    faults.emptyContinuation(placeOfNext(1));
                }
                at++;
                continue;
            }
            int start = first ? blanks : 0;
            int end = continuation(line, start);
            continues = end >= 0;
            builder.add(
                    line.substring(start, continues ? end : line.length()),
                    placeOfNext(start + 1),
                    fixedPlace.isPresent());
            first = false;
            at++;
        }
        return builder.build(lastLine(), block);
    }

    /** Where the escape character of a continued line stands, or -1. */
    private int continuation(String line, int start) {
        int end = line.length() - 1;
        while (end >= start && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
            end--;
        }
        boolean escaped = end >= start && line.charAt(end) == escape;
        boolean doubled = end > start && line.charAt(end - 1) == escape;
        return escaped && !doubled ? end : -1;
    }

    private void comment(String text) {
        if (text.isEmpty()) {
            comments.clear();
        } else {
            comments.add(text);
        }
    }

    private void checkLengths() {
        for (int i = 0; i < lines.size(); i++) {
            String whole = lines.get(i);
            String line = whole.endsWith("\n") ? whole.substring(0, whole.length() - 1) : whole;
            // A character of UTF-16 takes at most three bytes of UTF-8.
            if (line.length() > LONGEST_LINE_BYTES / 3
                    && line.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE_BYTES) {
                faults.add(new Problem(
                        Place.ofLine(file, i + 1).toString(),
                        "line too long",
                        "a line may have at most " + LONGEST_LINE_BYTES + " bytes",
                        "break it with a continuation"));
            }
        }
    }

    private String physical(int index) {
        String line = lines.get(index);
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, next));
            start = next;
        }
        return lines;
    }
}
