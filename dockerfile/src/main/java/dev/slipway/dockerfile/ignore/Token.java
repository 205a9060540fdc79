package dev.slipway.dockerfile.ignore;

import java.util.List;

/**
 * One element of a pattern. Each knows how far a match may get over it: from the positions in a path that are reachable
 * before it to those that are reachable after it. That keeps matching linear, whatever the pattern.
 */
sealed interface Token {
    boolean[] advance(boolean[] reached, int[] path);

    /** Whether the token, once entered, can still be inside itself at the end of the path. */
    default boolean canRunOn() {
        return false;
    }

    /** A token that takes exactly one character. */
    sealed interface Single extends Token {
        boolean takes(int character);

        @Override
        default boolean[] advance(boolean[] reached, int[] path) {
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < path.length; i++) {
                next[i + 1] = reached[i] && takes(path[i]);
            }
            return next;
        }
    }

    /** A character that stands for itself. */
    record Literal(int character) implements Single {
        @Override
        public boolean takes(int other) {
            return other == character;
        }
    }

    /** {@code ?}: any character but a slash. */
    record AnyCharacter() implements Single {
        @Override
        public boolean takes(int character) {
            return character != '/';
        }
    }

    /** {@code [a-z]}. */
    record CharacterClass(boolean negated, List<Range> ranges) implements Single {
        @Override
        public boolean takes(int character) {
            return negated != ranges.stream().anyMatch(range -> range.first <= character && character <= range.last);
        }

        /** Characters from one to another, both included. */
        record Range(int first, int last) {}
    }

    /** {@code *}: any characters but slashes. */
    record AnyName() implements Token {
        @Override
        public boolean[] advance(boolean[] reached, int[] path) {
            boolean[] next = reached.clone();
            for (int i = 1; i < next.length; i++) {
                next[i] |= next[i - 1] && path[i - 1] != '/';
            }
            return next;
        }
    }

    /** {@code **} before something else: any number of whole components, also none. */
    record AnyDepth() implements Token {
        @Override
        public boolean[] advance(boolean[] reached, int[] path) {
            boolean[] next = reached.clone();
            boolean entered = reached[0];
            for (int i = 1; i < next.length; i++) {
                next[i] |= entered && path[i - 1] == '/';
                entered |= reached[i];
            }
            return next;
        }

        @Override
        public boolean canRunOn() {
            return true;
        }
    }

    /** {@code **} at the end: everything. */
    record Everything() implements Token {
        @Override
        public boolean[] advance(boolean[] reached, int[] path) {
            boolean[] next = reached.clone();
            for (int i = 1; i < next.length; i++) {
                next[i] |= next[i - 1];
            }
            return next;
        }

        @Override
        public boolean canRunOn() {
            return true;
        }
    }
}
