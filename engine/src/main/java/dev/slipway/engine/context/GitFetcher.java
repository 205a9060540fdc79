package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.GitReference;
import dev.slipway.dockerfile.source.GitReference.ModificationTime;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.linux.DiskFull;
import dev.slipway.image.store.StoreErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks commits of remote repositories out. Only the one commit is asked for; all history is fetched where a server does
 * not give less.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository">Dockerfile reference, ADD</a>
 */
final class GitFetcher {
    private final RemoteAccess access;
    private final EventSink events;

    GitFetcher(RemoteAccess access, EventSink events) {
        this.access = access;
        this.events = events;
    }

    /**
     * What was checked out.
     *
     * @param directory that the reference names, its owners, modes and times as they are to be copied
     * @param time when the commit was made
     */
    record CheckedOut(Path directory, Instant time) {}

    /**
     * Checks out.
     *
     * @param directory empty, and nobody else's
     * @param task under which git's output is told
     * @throws SlipwayException naming repository, reference and what git said
     */
    CheckedOut fetch(GitReference reference, Path directory, String task) {
        try {
            Path home = Files.createDirectory(directory.resolve("home"));
            Path tree = Files.createDirectory(directory.resolve("tree"));
            GitCheckout checkout = new GitCheckout(new Git(access, home, events, task), reference, tree);
            String commit = checkout.run();
            Path wanted = CheckedOutTree.subdirectory(tree, reference.subdir())
                    .orElseThrow(
                            () -> failed(reference, "'" + reference.subdir().orElse("") + "' is no directory in it"));
            Instant time = checkout.timeOf(commit);
            boolean kept =
                    reference.keepGitDir().orElse(false) && reference.subdir().isEmpty();
            if (kept) {
                KeptRepository.clean(tree.resolve(".git"));
            } else {
                CheckedOutTree.removeGitDirectories(tree);
            }
            CheckedOutTree.normalize(
                    wanted, reference.mtime() == ModificationTime.COMMIT ? Optional.of(time) : Optional.empty());
            return new CheckedOut(wanted, time);
        } catch (GitFailure e) {
            throw explained(reference, directory, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + directory, StoreErrors.writing(directory, 0, e));
        }
    }

    /** Git's own words, and what they mean for the build. */
    private static SlipwayException explained(GitReference reference, Path directory, GitFailure failure) {
        Problem problem = problem(reference, failure.said());
        if (DiskFull.isToldBy(failure.said())) {
            return StoreErrors.full(problem.at(directory.toString()).remedy(StoreErrors.REMEDY), directory, 0, failure);
        }
        if (failure.isRefusal()) {
            return new NotAllowedException(
                    problem.remedy("the repository needs credentials, or there is none of that name"), failure);
        }
        if (failure.isUnreached()) {
            return new ServiceException(problem, failure);
        }
        return new BuildFailedException(problem);
    }

    static BuildFailedException failed(GitReference reference, String why) {
        return new BuildFailedException(problem(reference, why));
    }

    private static Problem problem(GitReference reference, String why) {
        return Problem.of("cannot fetch " + reference.display(), why);
    }
}
