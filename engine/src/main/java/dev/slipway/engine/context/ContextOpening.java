package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.GitReference;
import dev.slipway.dockerfile.source.GitReference.ModificationTime;
import dev.slipway.dockerfile.source.HttpSource;
import dev.slipway.dockerfile.source.LocalPath;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.engine.copy.ContextArchive;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.store.StoreErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes contexts of all kinds into directories: those of this machine are read in place, archives and what is fetched lie in
 * the build's workspace and go with it.
 */
final class ContextOpening {
    private static final String FETCHED_NAME = "context";

    private final RemoteSources remotes;
    private final Workspace workspace;
    private final Wishes wishes;

    /**
     * What the build wants of repositories.
     *
     * @param keepsGitDirectory whether {@code .git} stays where the address says nothing
     * @param hasEpoch whether there is a SOURCE_DATE_EPOCH: then a repository's files have the time of the commit
     */
    record Wishes(boolean keepsGitDirectory, boolean hasEpoch) {}

    ContextOpening(RemoteSources remotes, Workspace workspace, Wishes wishes) {
        this.remotes = remotes;
        this.workspace = workspace;
        this.wishes = wishes;
    }

    /** @throws InvalidInputException if it is not there, or is broken */
    OpenedContext archive(BuildContext.Archive archive) {
        if (!Files.isRegularFile(archive.file())) {
            throw new InvalidInputException(
                    Problem.of("there is no such build context").at(archive.display()));
        }
        try (InputStream stream = Files.newInputStream(archive.file())) {
            ContextArchive content = ContextArchive.begin(stream);
            if (!content.isArchive()) {
                throw new InvalidInputException(
                        Problem.of("the build context is neither a directory nor a tar")
                                .at(archive.display())
                                .remedy(
                                        "to build a Dockerfile without a context, pass it on standard input: slipway build - < FILE"));
            }
            return unpacked(content, archive.display(), Optional.empty());
        } catch (IOException e) {
            throw cannotRead(archive.display(), e);
        }
    }

    /** @param time where somebody knows it better than the archive */
    OpenedContext unpacked(ContextArchive content, String name, Optional<Instant> time) {
        Path directory = workspace.newDirectory(FETCHED_NAME);
        Optional<Instant> newest = content.unpack(name, directory);
        return new OpenedContext(LocalContext.whole(directory), time.or(() -> newest));
    }

    /** Nothing to copy from. */
    OpenedContext empty() {
        return new OpenedContext(LocalContext.whole(workspace.newDirectory(FETCHED_NAME)), Optional.empty());
    }

    /** Fetches; a file is called {@code context}, and stays what it is. */
    OpenedContext remote(SourceReference reference) {
        SourceReference wanted = wanted(reference);
        return new OpenedContext(LocalContext.whole(remotes.directory(wanted)), remotes.time(wanted));
    }

    /** Fetches; a file that is a tar is unpacked. */
    OpenedContext unpackedRemote(SourceReference reference) {
        OpenedContext fetched = remote(reference);
        if (reference instanceof GitReference) {
            return fetched;
        }
        Path file = file(fetched);
        try (InputStream stream = Files.newInputStream(file)) {
            ContextArchive content = ContextArchive.begin(stream);
            return content.isArchive() ? unpacked(content, reference.display(), fetched.time()) : fetched;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, StoreErrors.writing(file, 0, e));
        }
    }

    /** Whether what was fetched is a file, and no tar. */
    boolean isFile(SourceReference reference, OpenedContext fetched) {
        return reference instanceof HttpSource
                && fetched.files().directory().equals(remotes.directory(wanted(reference)));
    }

    /** The one file that was fetched. */
    static Path file(OpenedContext fetched) {
        return fetched.files().directory().resolve(FETCHED_NAME);
    }

    private SourceReference wanted(SourceReference reference) {
        return switch (reference) {
            case HttpSource http -> new HttpSource(http.address(), http.userInfo(), FETCHED_NAME, http.digest());
            case GitReference git -> {
                GitReference kept =
                        git.keepGitDir().isEmpty() && wishes.keepsGitDirectory() ? git.keepGitDir(true) : git;
                yield (wishes.hasEpoch() ? kept.mtime(ModificationTime.COMMIT) : kept).complete();
            }
            case LocalPath local -> throw new IllegalArgumentException(local + " is not remote");
        };
    }

    static InvalidInputException cannotRead(String name, IOException failure) {
        return new InvalidInputException(Problem.of("cannot read the build context", String.valueOf(failure))
                .at(name));
    }
}
