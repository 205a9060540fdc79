package dev.slipway.dockerfile.parse;

import dev.slipway.foundation.error.Place;
import java.util.ArrayList;
import java.util.List;

/** An instruction's line with its continuations joined; knows where each character stood. */
final class LogicalLine {
    private final String text;
    private final int lastLine;
    private final List<String> comments;
    private final List<Piece> pieces;

    private LogicalLine(String text, int lastLine, List<String> comments, List<Piece> pieces) {
        this.text = text;
        this.lastLine = lastLine;
        this.comments = List.copyOf(comments);
        this.pieces = List.copyOf(pieces);
    }

    String text() {
        return text;
    }

    int lastLine() {
        return lastLine;
    }

    /** The comments directly above. */
    List<String> comments() {
        return comments;
    }

    Place place(int offset) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).offset <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Piece piece = pieces.get(low);
        return piece.isFixed
                ? piece.place
                : new Place(piece.place.file(), piece.place.line(), piece.place.column() + offset - piece.offset);
    }

    /**
     * What one physical line gave.
     *
     * @param offset where it begins in the logical line
     * @param isFixed whether every character counts as standing at the place itself
     */
    private record Piece(int offset, Place place, boolean isFixed) {}

    /** Joins physical lines. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Piece> pieces = new ArrayList<>();

        void add(String part, Place place, boolean isFixed) {
            if (!part.isEmpty() || pieces.isEmpty()) {
                pieces.add(new Piece(text.length(), place, isFixed));
                text.append(part);
            }
        }

        LogicalLine build(int lastLine, List<String> comments) {
            return new LogicalLine(text.toString(), lastLine, comments, pieces);
        }
    }
}
