package dev.slipway.dockerfile.source;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sources of one ADD together with the flags that speak of them. */
public final class AddedSources {
    private AddedSources() {}

    /**
     * Reads expanded sources.
     *
     * @param named in the order of the instruction, heredocs left out
     * @param checksum of {@code --checksum}; an empty one is none
     * @param keepGitDir of {@code --keep-git-dir}; it means nothing to sources that are no repositories
     * @return one for each of {@code named}, with what the flags say
     * @throws InvalidInputException without a place, with every fault
     */
    public static List<SourceReference> read(
            List<String> named, Optional<String> checksum, Optional<Boolean> keepGitDir) {
        List<Problem> problems = new ArrayList<>();
        List<SourceReference> references = new ArrayList<>();
        Optional<String> given = checksum.filter(text -> !text.isEmpty());
        if (given.isPresent() && named.size() != 1) {
            problems.add(checksum("needs one source, and there are " + named.size()));
        }
        for (String text : named) {
            try {
                SourceReference reference = SourceReference.parse(text);
                references.add(
                        given.isPresent() && named.size() == 1
                                ? verified(reference, given.get(), keepGitDir)
                                : kept(reference, keepGitDir));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return references;
    }

    private static SourceReference verified(SourceReference reference, String checksum, Optional<Boolean> keepGitDir) {
        return switch (reference) {
            case LocalPath local ->
                throw new InvalidInputException(
                        checksum("needs a URL or a git repository, which '" + local.text() + "' is not"));
            case HttpSource http -> http.digest(ContentDigest.parse(checksum));
            case GitReference git -> {
                String commit = GitReference.hashPrefix(checksum);
                if (git.commit().filter(other -> !other.equals(commit)).isPresent()) {
                    throw SourceReader.refused(
                            git.display(),
                            "says commit " + git.commit().orElse("") + ", and --checksum says " + commit,
                            "say it once");
                }
                yield kept(git.commit(commit), keepGitDir);
            }
        };
    }

    private static SourceReference kept(SourceReference reference, Optional<Boolean> keepGitDir) {
        if (!(reference instanceof GitReference git)) {
            return reference;
        }
        if (keepGitDir.isPresent()
                && git.keepGitDir()
                        .filter(keep -> !keep.equals(keepGitDir.get()))
                        .isPresent()) {
            throw SourceReader.refused(
                    git.display(), "says keep-git-dir otherwise than --keep-git-dir does", "say it once");
        }
        return keepGitDir.map(git::keepGitDir).orElse(git).complete();
    }

    private static Problem checksum(String why) {
        return Problem.of("--checksum", why);
    }
}
