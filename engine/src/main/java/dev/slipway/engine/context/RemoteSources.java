package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.ContentDigest;
import dev.slipway.dockerfile.source.GitReference;
import dev.slipway.dockerfile.source.HttpSource;
import dev.slipway.dockerfile.source.LocalPath;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.engine.copy.RemoteRoots;
import dev.slipway.engine.copy.Selection;
import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.Event.Outcome;
import dev.slipway.foundation.event.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The URLs and repositories of one build, each fetched once however many instructions name it. They lie in the build's
 * workspace and go with it. Thread-safe; calls block, and an interrupt ends them.
 */
public final class RemoteSources implements RemoteRoots {
    private final RemoteAccess access;
    private final Workspace workspace;
    private final EventSink events;
    private final Map<SourceReference, CompletableFuture<Fetched>> fetched = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    public RemoteSources(RemoteAccess access, Workspace workspace, EventSink events) {
        this.access = access;
        this.workspace = workspace;
        this.events = events;
    }

    /**
     * Checks that this machine can fetch the sources, before any work is done.
     *
     * @throws MachineException if a program is missing
     */
    public void require(Collection<SourceReference> references) {
        if (references.stream().anyMatch(GitReference.class::isInstance)) {
            Git.require(access);
        }
    }

    /**
     * Fetches, unless that has been done, and holds the source to its checksum.
     *
     * @throws SlipwayException without a place, naming the source and what went wrong
     */
    public void fetch(SourceReference reference) {
        Fetched there = await(reference);
        if (!(reference instanceof HttpSource http) || http.digest().isEmpty()) {
            return;
        }
        ContentDigest expected = http.digest().get();
        try {
            ContentDigest found = there.digest()
                    .orElseThrow()
                    .like(expected, there.directory().resolve(http.fileName()));
            if (!found.equals(expected)) {
                throw new BuildFailedException(Problem.of(
                                "the checksum of " + http.display() + " is wrong",
                                "expected " + expected + ", but it is " + found)
                        .remedy("if the file was meant to change, give its new digest to --checksum"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read in " + there.directory(), e);
        }
    }

    /** The directory in which the source lies: that of a repository which is wanted, or that of a file. Fetches it. */
    Path directory(SourceReference reference) {
        return await(reference).directory();
    }

    /** When a commit was made, or what a server says of a file; empty where it says nothing. Fetches the source. */
    Optional<Instant> time(SourceReference reference) {
        return await(reference).time();
    }

    @Override
    public SourceRoot open(SourceReference reference) {
        return SourceRoot.open(await(reference).directory(), Selection.ALL, false);
    }

    private Fetched await(SourceReference reference) {
        SourceReference key = keyOf(reference);
        CompletableFuture<Fetched> mine = new CompletableFuture<>();
        CompletableFuture<Fetched> first = fetched.putIfAbsent(key, mine);
        if (first == null) {
            try {
                mine.complete(fetchNow(key));
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
                throw e;
            }
            first = mine;
        }
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SlipwayException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What is fetched does not depend on the digest that it must have. */
    private static SourceReference keyOf(SourceReference reference) {
        return reference instanceof HttpSource http
                ? new HttpSource(http.address(), http.userInfo(), http.fileName(), Optional.empty())
                : reference;
    }

    private Fetched fetchNow(SourceReference reference) {
        String task = "fetch/" + next.incrementAndGet();
        events.accept(new Event.TaskStarted(task, "fetch " + reference.display()));
        long start = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        String summary = "";
        try {
            Path directory = workspace.newDirectory("fetch");
            Fetched result = switch (reference) {
                case HttpSource http -> {
                    FileDigest digest = new HttpFetcher(access, events).fetch(http, directory, task);
                    summary = digest.bytes() + " bytes, sha256:" + digest.sha256();
                    yield new Fetched(directory, Optional.of(digest), modified(directory.resolve(http.fileName())));
                }
                case GitReference git -> {
                    GitFetcher.CheckedOut found = new GitFetcher(access, events).fetch(git, directory, task);
                    yield new Fetched(found.directory(), Optional.empty(), Optional.of(found.time()));
                }
                case LocalPath local -> throw new IllegalArgumentException(local + " is not remote");
            };
            outcome = Outcome.DONE;
            return result;
        } catch (CancelledException e) {
            outcome = Outcome.CANCELLED;
            throw e;
        } finally {
            events.accept(new Event.TaskFinished(task, outcome, Duration.ofNanos(System.nanoTime() - start), summary));
        }
    }

    /** A download that nobody dates has the time 0. */
    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant()).filter(time -> !time.equals(Instant.EPOCH));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Where a source lies, the digest of its file if it is one, and its time if it has one. */
    private record Fetched(Path directory, Optional<FileDigest> digest, Optional<Instant> time) {}
}
