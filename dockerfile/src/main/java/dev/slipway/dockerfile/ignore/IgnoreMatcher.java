package dev.slipway.dockerfile.ignore;

import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Tells which paths a .dockerignore file, or the patterns of COPY --exclude, leave out. Paths have slashes and are
 * relative to the root that the patterns belong to; the root itself is never left out. Immutable.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">Docker, .dockerignore files</a>
 */
public final class IgnoreMatcher {
    /** Leaves out nothing. */
    public static final IgnoreMatcher NOTHING = new IgnoreMatcher(List.of());

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<PathPattern> patterns;
    private final boolean exceptions;

    private IgnoreMatcher(List<PathPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.exceptions = patterns.stream().anyMatch(PathPattern::exception);
    }

    /**
     * Reads a .dockerignore file.
     *
     * @param file as the user named it, for errors
     * @throws InvalidInputException with all malformed patterns, each at its line
     */
    public static IgnoreMatcher parse(String file, byte[] text) {
        String all = new String(text, StandardCharsets.UTF_8);
        if (!all.isEmpty() && all.charAt(0) == BYTE_ORDER_MARK) {
            all = all.substring(1);
        }
        Collector collector = new Collector();
        int number = 0;
        for (String line : all.split("\n", -1)) {
            number++;
            if (!line.startsWith("#")) {
                collector.add(line, Place.ofLine(file, number).toString());
            }
        }
        return collector.finish();
    }

    /**
     * Takes patterns as COPY --exclude has them.
     *
     * @throws InvalidInputException with all malformed patterns, without a place
     */
    public static IgnoreMatcher ofPatterns(List<String> patterns) {
        Collector collector = new Collector();
        patterns.forEach(pattern -> collector.add(pattern, ""));
        return collector.finish();
    }

    /** Whether the path is left out; judges its parents on the way. */
    public boolean ignores(String path) {
        Verdict verdict = root();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            verdict = judge(path.substring(0, slash), verdict);
        }
        return judge(path, verdict).ignored();
    }

    /** The verdict on the root, with which a walk begins. */
    public Verdict root() {
        return new Verdict(false, new BitSet());
    }

    /**
     * Judges a path during a walk. Patterns count in their order and the last one that matches wins; a pattern that
     * matched the parent matches everything below.
     *
     * @param path relative to the root of the walk, e.g. {@code src/main}
     * @param parent the verdict on the directory that holds it
     */
    public Verdict judge(String path, Verdict parent) {
        BitSet matched = new BitSet(patterns.size());
        boolean ignored = false;
        for (int i = 0; i < patterns.size(); i++) {
            PathPattern pattern = patterns.get(i);
            boolean matches = parent.matched(i) || (pattern.exception() == ignored && pattern.matches(path));
            if (matches) {
                matched.set(i);
                ignored = !pattern.exception();
            }
        }
        return new Verdict(ignored, matched);
    }

    /**
     * Whether something below an ignored directory may be taken in again; if not, a walk need not enter it. Errs on the
     * side of yes.
     */
    public boolean mayReinclude(String directory) {
        return exceptions
                && patterns.stream().anyMatch(pattern -> pattern.exception() && pattern.mayMatchBelow(directory));
    }

    /** Whether there is any {@code !} pattern. */
    public boolean hasExceptions() {
        return exceptions;
    }

    /** The normalised patterns in their order, {@code !} included. */
    public List<String> patterns() {
        return patterns.stream()
                .map(pattern -> (pattern.exception() ? "!" : "") + pattern.text())
                .toList();
    }

    /** Takes lines and keeps the faults of all of them. */
    private static final class Collector {
        private final List<PathPattern> patterns = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        void add(String line, String where) {
            String trimmed = line.strip();
            boolean exception = trimmed.startsWith("!");
            String text = exception ? trimmed.substring(1).strip() : trimmed;
            // Blanks go once more, for those behind a slash that went (BuildKit, patternmatcher.New).
            String whole = text.isEmpty() ? text : relative(CleanPath.of(text));
            String path = exception ? whole.stripTrailing() : whole.strip();
            if (!exception && path.isEmpty()) {
                return;
            }
            // A slash before the mark goes first, and what is behind it is the mark then (BuildKit,
            // ignorefile.ReadAll).
            boolean uncovered = !exception && path.startsWith("!");
            add(text, uncovered ? path.substring(1) : path, exception || uncovered, where);
        }

        private void add(String text, String path, boolean exception, String where) {
            if (path.isEmpty()) {
                problems.add(new Problem(where, "pattern '!'", "it names nothing", "write a path behind the '!'"));
                return;
            }
            try {
                patterns.add(PathPattern.compile(path, exception));
            } catch (IllegalArgumentException e) {
                String why = Optional.ofNullable(e.getMessage()).orElse("malformed");
                problems.add(new Problem(where, "pattern '" + text + "'", why, ""));
            }
        }

        /** A path of nothing but slashes stays a slash, and matches nothing. */
        private static String relative(String path) {
            return path.startsWith("/") && path.length() > 1 ? path.substring(1) : path;
        }

        IgnoreMatcher finish() {
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
            return new IgnoreMatcher(patterns);
        }
    }
}
