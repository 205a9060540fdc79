package dev.slipway.dockerfile.value;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@code --chmod} asks for: octal, or symbolic as chmod(1) has it with a umask of 0.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chmod.html#tag_20_17_13">POSIX, chmod,
 *     extended description</a>
 */
public sealed interface ModeChange {
    int PERMISSIONS = 07777;

    /**
     * The mode after the change.
     *
     * @param mode the permission bits before it; other bits are ignored
     */
    int apply(int mode, boolean isDirectory);

    /** The mode where it does not depend on the one before: that of an octal change, which created parents get too. */
    OptionalInt absolute();

    /** @throws InvalidInputException without a place */
    static ModeChange parse(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '7')) {
            String digits = text.replaceFirst("^0+(?=.)", "");
            int mode = digits.length() > 4 ? PERMISSIONS + 1 : Integer.parseInt(digits, 8);
            if (mode <= PERMISSIONS) {
                return new Octal(mode);
            }
            throw bad(text);
        }
        List<Clause> clauses = new ArrayList<>();
        for (String clause : text.split(",", -1)) {
            clauses.add(Clause.parse(clause, text));
        }
        return new Symbolic(clauses);
    }

    private static InvalidInputException bad(String text) {
        return new InvalidInputException(new Problem(
                "",
                "--chmod=" + text,
                "not a mode",
                "write an octal mode from 0 to 07777, or symbolic changes such as u=rwX,go=rX"));
    }

    /** An octal mode. */
    record Octal(int mode) implements ModeChange {
        @Override
        public int apply(int before, boolean isDirectory) {
            return mode;
        }

        @Override
        public OptionalInt absolute() {
            return OptionalInt.of(mode);
        }
    }

    /** Symbolic changes, applied from left to right. */
    record Symbolic(List<Clause> clauses) implements ModeChange {
        public Symbolic {
            clauses = List.copyOf(clauses);
        }

        @Override
        public int apply(int before, boolean isDirectory) {
            int mode = before & PERMISSIONS;
            for (Clause clause : clauses) {
                mode = clause.apply(mode, isDirectory);
            }
            return mode;
        }

        @Override
        public OptionalInt absolute() {
            return OptionalInt.empty();
        }
    }

    /**
     * Whose bits change, and the actions on them.
     *
     * @param who the permission bits of the classes that are meant
     */
    record Clause(int who, List<Action> actions) {
        public Clause {
            actions = List.copyOf(actions);
        }

        static Clause parse(String clause, String whole) {
            int at = 0;
            int who = 0;
            while (at < clause.length() && "ugoa".indexOf(clause.charAt(at)) >= 0) {
                who |= bitsOf(clause.charAt(at++));
            }
            List<Action> actions = new ArrayList<>();
            while (at < clause.length()) {
                char operator = clause.charAt(at++);
                int start = at;
                while (at < clause.length() && "+-=".indexOf(clause.charAt(at)) < 0) {
                    at++;
                }
                String permissions = clause.substring(start, at);
                if ("+-=".indexOf(operator) < 0 || !permissions.matches("[rwxXst]*|[ugo]")) {
                    throw bad(whole);
                }
                actions.add(new Action(operator, permissions));
            }
            if (actions.isEmpty()) {
                throw bad(whole);
            }
            return new Clause(who == 0 ? bitsOf('a') : who, actions);
        }

        private static int bitsOf(char who) {
            return switch (who) {
                case 'u' -> 04700;
                case 'g' -> 02070;
                case 'o' -> 01007;
                default -> PERMISSIONS;
            };
        }

        int apply(int before, boolean isDirectory) {
            int mode = before;
            for (Action action : actions) {
                mode = action.apply(mode, who, isDirectory);
            }
            return mode;
        }
    }

    /**
     * One operator with its permissions.
     *
     * @param operator {@code +}, {@code -} or {@code =}
     * @param permissions letters of {@code rwxXst}, or one of {@code ugo} to copy from
     */
    record Action(char operator, String permissions) {
        private static final int SET_IDS = 06000;

        int apply(int mode, int who, boolean isDirectory) {
            int bits = bits(mode, isDirectory) & who;
            return switch (operator) {
                case '+' -> mode | bits;
                case '-' -> mode & ~bits;
                default -> {
                    // As GNU chmod: "=" leaves the set-id bits of a directory alone unless it names them.
                    int cleared = isDirectory ? who & ~SET_IDS : who;
                    yield (mode & ~cleared) | bits;
                }
            };
        }

        private int bits(int mode, boolean isDirectory) {
            int bits = 0;
            for (int i = 0; i < permissions.length(); i++) {
                bits |= switch (permissions.charAt(i)) {
                    case 'r' -> 0444;
                    case 'w' -> 0222;
                    case 'x' -> 0111;
                    case 'X' -> isDirectory || (mode & 0111) != 0 ? 0111 : 0;
                    case 's' -> SET_IDS;
                    case 't' -> 01000;
                    case 'u' -> spread((mode >> 6) & 7);
                    case 'g' -> spread((mode >> 3) & 7);
                    default -> spread(mode & 7);
                };
            }
            return bits;
        }

        private static int spread(int three) {
            return (three << 6) | (three << 3) | three;
        }
    }
}
