package dev.slipway.dockerfile.ignore;

import java.util.List;

/**
 * One line of a .dockerignore file.
 *
 * @param text cleaned, without the {@code !}
 * @param exception whether it takes paths in again ({@code !})
 * @param head the characters that every match begins with
 * @param tail the characters that every match ends with
 */
record PathPattern(String text, boolean exception, Shape shape, List<Token> tokens, String head, String tail) {
    private static final String ANY_DEPTH = "**";

    /** @throws IllegalArgumentException saying what is malformed */
    static PathPattern compile(String text, boolean exception) {
        List<Token> tokens = new TokenReader(text).read();
        return new PathPattern(
                text,
                exception,
                Shape.of(text),
                tokens,
                leadingLiterals(tokens),
                new StringBuilder(leadingLiterals(tokens.reversed())).reverse().toString());
    }

    boolean matches(String path) {
        return switch (shape) {
            case EXACT -> path.equals(text);
            case HEAD -> path.startsWith(text.substring(0, text.length() - ANY_DEPTH.length()));
            case TAIL -> matchesTail(path);
            case GENERAL -> path.startsWith(head) && path.endsWith(tail) && run(path);
        };
    }

    /** Whether some path below the directory may match; errs on the side of yes. */
    boolean mayMatchBelow(String directory) {
        if (shape == Shape.TAIL) {
            return true;
        }
        int[] path = (directory + "/").codePoints().toArray();
        boolean[] reached = start(path);
        for (Token token : tokens) {
            if (reached[path.length] || (token.canRunOn() && anyOf(reached))) {
                return true;
            }
            reached = token.advance(reached, path);
        }
        return reached[path.length];
    }

    /** Docker compares the text behind a leading double star with the end of the path. */
    private boolean matchesTail(String path) {
        String rest = text.substring(ANY_DEPTH.length());
        return path.endsWith(rest) || (rest.startsWith("/") && path.equals(rest.substring(1)));
    }

    private boolean run(String text) {
        int[] path = text.codePoints().toArray();
        boolean[] reached = start(path);
        for (Token token : tokens) {
            reached = token.advance(reached, path);
        }
        return reached[path.length];
    }

    private static String leadingLiterals(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            if (!(token instanceof Token.Literal(int character))) {
                break;
            }
            text.appendCodePoint(character);
        }
        return text.toString();
    }

    private static boolean[] start(int[] path) {
        boolean[] reached = new boolean[path.length + 1];
        reached[0] = true;
        return reached;
    }

    private static boolean anyOf(boolean[] reached) {
        for (boolean one : reached) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** Which patterns need no tokens. */
    enum Shape {
        EXACT,
        HEAD,
        TAIL,
        GENERAL;

        static Shape of(String text) {
            boolean leading = text.startsWith(ANY_DEPTH);
            String rest = leading ? text.substring(ANY_DEPTH.length()) : text;
            boolean trailing = !leading && rest.endsWith(ANY_DEPTH);
            String plain = trailing ? rest.substring(0, rest.length() - ANY_DEPTH.length()) : rest;
            if (plain.chars().anyMatch(c -> "*?[]\\".indexOf(c) >= 0)) {
                return GENERAL;
            }
            return leading ? TAIL : trailing ? HEAD : EXACT;
        }
    }
}
