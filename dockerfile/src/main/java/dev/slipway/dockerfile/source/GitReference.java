package dev.slipway.dockerfile.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A commit of a git repository, or a directory of it.
 *
 * @param ref branch, tag, full reference or full commit hash; absent for the default branch, or for {@code commit}
 * @param subdir relative and clean; absent for the whole repository
 * @param commit hash, or beginning of one, that {@code ref} must resolve to; in lower case
 * @param keepGitDir whether {@code .git} stays; absent where the reference does not say
 * @param submodules whether submodules are fetched too
 * @param fetchByCommit whether {@code commit} is fetched itself, whatever {@code ref} resolves to
 * @see <a href="https://docs.docker.com/build/concepts/context/#git-repositories">Build context, Git repositories</a>
 */
public record GitReference(
        GitRemote remote,
        Optional<String> ref,
        Optional<String> subdir,
        Optional<String> commit,
        Optional<Boolean> keepGitDir,
        boolean submodules,
        ModificationTime mtime,
        boolean fetchByCommit)
        implements SourceReference {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern HASH_PREFIX = Pattern.compile("[0-9a-f]{1,64}");

    public GitReference {
        requireNonNull(remote, "remote is null");
        requireNonNull(ref, "ref is null");
        requireNonNull(subdir, "subdir is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(keepGitDir, "keepGitDir is null");
        requireNonNull(mtime, "mtime is null");
    }

    /** What the files' modification times are. */
    public enum ModificationTime {
        /** When they were checked out. */
        CHECKOUT,
        /** When the commit was made. */
        COMMIT
    }

    /** Whether the text is a whole hash, of SHA-1 or SHA-256, rather than a name. */
    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /**
     * A hash or the beginning of one, in lower case.
     *
     * @throws InvalidInputException without a place
     */
    public static String hashPrefix(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!HASH_PREFIX.matcher(lower).matches()) {
            throw SourceReader.refused(text, "is no commit hash", "write the hash, or its beginning, in hex digits");
        }
        return lower;
    }

    /** The same, with {@code commit} given by a flag, which holds a ref to it and, other than a query, is never one. */
    public GitReference commit(String hash) {
        Optional<String> held = wanted().isPresent() || fetchByCommit ? ref : Optional.of("HEAD");
        return new GitReference(remote, held, subdir, Optional.of(hash), keepGitDir, submodules, mtime, fetchByCommit);
    }

    /** The same, with {@code keepGitDir} given by a flag. */
    public GitReference keepGitDir(boolean keep) {
        return new GitReference(remote, ref, subdir, commit, Optional.of(keep), submodules, mtime, fetchByCommit);
    }

    /** The same, with times of another kind. */
    public GitReference mtime(ModificationTime other) {
        return new GitReference(remote, ref, subdir, commit, keepGitDir, submodules, other, fetchByCommit);
    }

    /**
     * Checks that what has to be there is there, once flags have had their say.
     *
     * @throws InvalidInputException without a place
     */
    public GitReference complete() {
        if (fetchByCommit && commit.filter(GitReference::isHash).isEmpty()) {
            throw SourceReader.refused(
                    display(), "says fetch-by-commit without a commit", "add commit= with a whole hash");
        }
        return this;
    }

    /** What {@code ref}, else {@code commit} names; empty for the default branch. */
    public Optional<String> wanted() {
        return ref.or(() -> commit);
    }

    @Override
    public String display() {
        String fragment = wanted().orElse("") + subdir.map(path -> ":" + path).orElse("");
        return fragment.isEmpty() ? remote.display() : remote.display() + "#" + fragment;
    }

    @Override
    public String toString() {
        return display();
    }
}
