package dev.slipway.engine.copy;

import java.util.List;

/**
 * What a COPY takes of one source directory.
 *
 * @param existing what of the whole source exists
 * @param prefix the directory's path in it, with a slash behind, or empty
 * @param narrower what {@code --parents} and {@code --exclude} leave; their paths begin in the directory
 */
record NarrowedSelection(Selection existing, String prefix, List<Selection> narrower) implements Selection {
    @Override
    public boolean includes(String path) {
        return existing.includes(prefix + path) && narrower.stream().allMatch(selection -> selection.includes(path));
    }

    @Override
    public boolean mayIncludeBelow(String directory) {
        return existing.mayIncludeBelow(prefix + directory)
                && narrower.stream().allMatch(selection -> selection.mayIncludeBelow(directory));
    }
}
