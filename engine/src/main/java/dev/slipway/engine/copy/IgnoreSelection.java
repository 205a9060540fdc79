package dev.slipway.engine.copy;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.ignore.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What ignore patterns leave. Remembers the verdicts on the directories from the root to the one it was asked about last,
 * as a walk asks for the children of each one after the other. Confined to one thread.
 */
public final class IgnoreSelection implements Selection {
    private final IgnoreMatcher matcher;
    private final List<Judged> way = new ArrayList<>();

    public IgnoreSelection(IgnoreMatcher matcher) {
        this.matcher = matcher;
    }

    private record Judged(String directory, Verdict verdict) {
        boolean holds(String path) {
            return path.startsWith(directory)
                    && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
        }
    }

    /** Leaves out all but what the pattern names, and what is below that: {@code --parents} has patterns of this kind. */
    static IgnoreMatcher allBut(String pattern) {
        return IgnoreMatcher.ofPatterns(pattern.isEmpty() ? List.of("**") : List.of("**", "!" + pattern));
    }

    @Override
    public boolean includes(String path) {
        return !verdict(path).ignored();
    }

    @Override
    public boolean mayIncludeBelow(String directory) {
        return includes(directory) || matcher.mayReinclude(directory);
    }

    private Verdict verdict(String path) {
        int slash = path.lastIndexOf('/');
        return matcher.judge(path, slash < 0 ? matcher.root() : directory(path.substring(0, slash)));
    }

    private Verdict directory(String path) {
        while (!way.isEmpty() && !way.getLast().holds(path)) {
            way.removeLast();
        }
        Verdict verdict = way.isEmpty() ? matcher.root() : way.getLast().verdict();
        int from = way.isEmpty() ? 0 : way.getLast().directory().length() + 1;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            String part = slash < 0 ? path : path.substring(0, slash);
            verdict = matcher.judge(part, verdict);
            way.add(new Judged(part, verdict));
            from = part.length() + 1;
        }
        return verdict;
    }
}
