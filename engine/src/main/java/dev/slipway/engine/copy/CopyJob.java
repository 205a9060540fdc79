package dev.slipway.engine.copy;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.source.HttpSource;
import dev.slipway.dockerfile.source.LocalPath;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.engine.plan.ImagePath;
import dev.slipway.engine.plan.Operation;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One COPY or ADD: finds what its sources name and puts it where its destination says. Used once, on one thread.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference, COPY</a>
 */
public final class CopyJob {
    private static final int INLINE_MODE = 0644;

    private final Operation.Copy operation;
    private final SourceRoot source;
    private final DestinationRoot destination;
    private final Attributes attributes;
    private final RemoteRoots remotes;
    private final List<IgnoreMatcher> excluded;

    /**
     * Prepares the job; nothing is touched yet.
     *
     * @param remotes where the operation's remote sources have been put
     * @param chown what the operation's {@code --chown} means in the destination's tree
     */
    public CopyJob(
            Operation.Copy operation,
            SourceRoot source,
            RemoteRoots remotes,
            DestinationRoot destination,
            Optional<Ownership> chown) {
        this.operation = operation;
        this.source = source;
        this.remotes = remotes;
        this.destination = destination;
        this.attributes = new Attributes(chown, operation.chmod(), source.keepsOwners());
        this.excluded =
                operation.excludes().isEmpty() ? List.of() : List.of(IgnoreMatcher.ofPatterns(operation.excludes()));
    }

    /** What was copied. */
    public record Copied(long files, long bytes) {}

    /** @throws BuildFailedException without a place if a source is missing or cannot go where it should */
    public Copied run() {
        long files = 0;
        long bytes = 0;
        try (TreeCopy copy = new TreeCopy(attributes, !operation.parents())) {
            for (SourceReference reference : operation.sources()) {
                if (reference instanceof LocalPath(String text)) {
                    local(copy, text);
                } else {
                    Copied copied = remote(reference);
                    files += copied.files();
                    bytes += copied.bytes();
                }
            }
            for (Operation.InlineFile file : operation.inline()) {
                inline(file);
                files++;
            }
            return new Copied(files + copy.files(), bytes + copy.bytes());
        }
    }

    /** Of a fetched directory, everything is copied: the one file of a URL, or what a repository holds. */
    private Copied remote(SourceReference reference) {
        boolean isFile = reference instanceof HttpSource;
        Operation.Copy one = operation.onlyOf(new LocalPath(isFile ? "*" : "/"), isFile && operation.unpackRemote());
        try (SourceRoot fetched = remotes.open(reference)) {
            return new CopyJob(one, fetched, RemoteRoots.NONE, destination, attributes.chown()).run();
        }
    }

    private void local(TreeCopy copy, String text) {
        if (!operation.parents()) {
            SourcePatterns.expand(source, text).forEach(path -> copyOne(copy, path, excluded));
            return;
        }
        KeptPath kept = KeptPath.of(text);
        if (kept.isLiteral()) {
            SourcePatterns.expand(source, kept.whole());
        }
        List<IgnoreMatcher> narrower = new ArrayList<>(excluded);
        narrower.add(IgnoreSelection.allBut(kept.kept()));
        SourcePatterns.expand(source, kept.start()).forEach(path -> copyOne(copy, path, narrower));
    }

    private void copyOne(TreeCopy copy, ByteString path, List<IgnoreMatcher> narrower) {
        copy.beginSource();
        Optional<SourceRoot.Found> there = source.find(path);
        if (there.isEmpty()) {
            return; // gone since it was listed
        }
        try (SourceRoot.Found found = there.get()) {
            if (found.stat().isDirectory()) {
                directory(copy, found, narrower);
            } else if (operation.unpack() && found.stat().isRegular() && unpack(found)) {
                return;
            } else {
                file(copy, path, found);
            }
        }
    }

    /** A directory gives its contents; the destination gets its times, and nothing else of it. */
    private void directory(TreeCopy copy, SourceRoot.Found found, List<IgnoreMatcher> narrower) {
        Selection taken = new NarrowedSelection(
                source.selection(),
                found.path().isEmpty() ? "" : found.path() + "/",
                narrower.stream().<Selection>map(IgnoreSelection::new).toList());
        try (Fd from = SourceNodes.openInRoot(found.place(), ByteString.of("."));
                Fd to = openDestination()) {
            copy.contents(from, taken, to);
            Nodes.changeTimes(to, found.stat().accessed(), found.stat().modified());
        }
    }

    private void file(TreeCopy copy, ByteString path, SourceRoot.Found found) {
        try (DestinationRoot.Slot slot = slot(baseName(path));
                Fd from = parentOf(found.path())) {
            copy.leaf(from, baseName(found.path()), found.stat(), slot.directory(), slot.name());
        }
    }

    private boolean unpack(SourceRoot.Found found) {
        try (Fd parent = parentOf(found.path());
                Fd archive = SourceNodes.openFile(parent, baseName(found.path()))) {
            if (!ArchiveFormat.isArchive(archive, found.path())) {
                return false;
            }
            try (Fd directory = destination.directory(
                    operation.destination(), attributes.ownerOfMade(), ArchiveExtraction.MADE_MODE)) {
                ArchiveExtraction.extract(archive, found.path(), directory, attributes.chown());
            }
            return true;
        }
    }

    private void inline(Operation.InlineFile file) {
        Ownership owner = attributes.ownerOfMade();
        try (DestinationRoot.Slot slot = slot(ByteString.of(file.name()))) {
            Nodes.find(slot.directory(), slot.name()).ifPresent(there -> Nodes.unlink(slot.directory(), slot.name()));
            try (Fd target = Nodes.openAt(
                    slot.directory(),
                    slot.name(),
                    INLINE_MODE,
                    OpenFlag.CREATE,
                    OpenFlag.EXCLUSIVE,
                    OpenFlag.WRITE_ONLY)) {
                target.write(file.content().getBytes(StandardCharsets.UTF_8));
                Nodes.changeOwner(target, owner.uid(), owner.gid());
                Nodes.changeMode(
                        target,
                        operation
                                .chmod()
                                .map(change -> change.apply(INLINE_MODE, false))
                                .orElse(INLINE_MODE));
            }
        }
    }

    private Fd openDestination() {
        return destination.directory(operation.destination(), attributes.ownerOfMade(), attributes.modeOfMade());
    }

    /** A file goes into a destination that is a directory or is written as one, else it is the destination. */
    private DestinationRoot.Slot slot(ByteString name) {
        String path = operation.destination();
        boolean isDirectory = path.endsWith("/")
                || destination.find(path).filter(Stat::isDirectory).isPresent();
        if (isDirectory) {
            return new DestinationRoot.Slot(openDestination(), name);
        }
        return destination.slot(path, attributes.ownerOfMade(), attributes.modeOfMade());
    }

    private Fd parentOf(ByteString path) {
        int slash = path.lastIndexOf('/');
        ByteString parent = slash < 0 ? ByteString.of(".") : path.slice(0, slash);
        return SourceNodes.openInRoot(source.directory(), parent);
    }

    private static ByteString baseName(ByteString path) {
        return path.slice(path.lastIndexOf('/') + 1);
    }

    /** WORKDIR: the directory and its missing parents. */
    public static void makeDirectory(DestinationRoot destination, String path, Ownership owner) {
        destination.directory(ImagePath.clean(path), owner, 0755).close();
    }
}
