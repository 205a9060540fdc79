package dev.slipway.dockerfile.ignore;

import dev.slipway.dockerfile.ignore.Token.CharacterClass.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pattern into its tokens.
 *
 * @see <a href="https://pkg.go.dev/path/filepath#Match">Go, filepath.Match, for everything but {@code **}</a>
 */
final class TokenReader {
    private final int[] pattern;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    TokenReader(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    /** @throws IllegalArgumentException saying what is malformed */
    List<Token> read() {
        while (at < pattern.length) {
            int character = pattern[at++];
            tokens.add(
                    switch (character) {
                        case '*' -> star();
                        case '?' -> new Token.AnyCharacter();
                        case '[' -> characterClass();
                        case '\\' -> new Token.Literal(escaped());
                        default -> new Token.Literal(character);
                    });
        }
        return List.copyOf(tokens);
    }

    private Token star() {
        if (!accept('*')) {
            return new Token.AnyName();
        }
        accept('/');
        return at == pattern.length ? new Token.Everything() : new Token.AnyDepth();
    }

    private Token characterClass() {
        boolean negated = accept('^');
        List<Range> ranges = new ArrayList<>();
        while (ranges.isEmpty() || !accept(']')) {
            int first = member();
            int last = accept('-') ? member() : first;
            if (last < first) {
                throw new IllegalArgumentException("a range in [] ends before it begins");
            }
            ranges.add(new Range(first, last));
        }
        return new Token.CharacterClass(negated, List.copyOf(ranges));
    }

    private int member() {
        if (at == pattern.length) {
            throw new IllegalArgumentException("'[' has no matching ']'");
        }
        int character = pattern[at++];
        if (character == '-' || character == ']') {
            throw new IllegalArgumentException("'" + Character.toString(character) + "' in [] needs a '\\' before it");
        }
        return character == '\\' ? escaped() : character;
    }

    private int escaped() {
        if (at == pattern.length) {
            throw new IllegalArgumentException("nothing follows the last '\\'");
        }
        return pattern[at++];
    }

    private boolean accept(char expected) {
        if (at < pattern.length && pattern[at] == expected) {
            at++;
            return true;
        }
        return false;
    }
}
