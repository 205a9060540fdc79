package dev.slipway.localecr.store;

import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The layers and configs of one repository, each a file named by its digest. Repositories share none, as at ECR; a mount
 * is a hard link. Thread-safe: files appear whole and never change.
 */
public final class Blobs {
    private final Path folder;
    private final Incoming incoming;

    Blobs(Path folder, Incoming incoming) {
        this.folder = folder;
        this.incoming = incoming;
    }

    /** The size in bytes; empty if the repository does not hold the blob. */
    public OptionalLong size(Digest digest) throws IOException {
        try {
            return OptionalLong.of(Files.size(path(digest)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    public boolean holds(Digest digest) {
        return Files.exists(path(digest));
    }

    /** Where the blob is, or would be. */
    public Path path(Digest digest) {
        return folder.resolve(Folders.of(digest));
    }

    /** Takes a file over whose digest the caller has computed. */
    void adopt(Path whole, Digest digest) throws IOException {
        incoming.place(whole, path(digest));
    }

    /** Makes a blob of another repository one of this, too, without a copy. */
    public void mount(Blobs source, Digest digest) throws IOException {
        Files.createDirectories(folder);
        try {
            Files.createLink(path(digest), source.path(digest));
        } catch (FileAlreadyExistsException e) {
            // the repository holds it already, which is what was asked for
        }
    }
}
