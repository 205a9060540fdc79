package dev.slipway.localecr.store;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifests and tags of one repository. A manifest is a file named by its digest, whose modification time is the
 * time of the push; a tag is a file that holds a digest. Reads are thread-safe; {@link Repository#exclusively} guards
 * what must not interleave.
 */
public final class Images {
    private final Path manifests;
    private final Path tags;
    private final Incoming incoming;

    Images(Path repository, Incoming incoming) {
        this.manifests = repository.resolve("manifests");
        this.tags = repository.resolve("tags");
        this.incoming = incoming;
    }

    public boolean holds(Digest digest) {
        return Files.exists(manifest(digest));
    }

    public Optional<ManifestDocument> find(Digest digest) throws IOException {
        try {
            return Optional.of(ManifestDocument.parse(Files.readAllBytes(manifest(digest))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public Optional<Digest> find(Tag tag) throws IOException {
        try {
            return Optional.of(Digest.parse(Files.readString(tags.resolve(tag.value()))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Every image, by digest. */
    public List<Digest> digests() throws IOException {
        return Folders.list(manifests).stream()
                .flatMap(name -> Folders.digestOf(name).stream())
                .toList();
    }

    /** Every tag with its image, in the order of the tags. */
    public SortedMap<Tag, Digest> tags() throws IOException {
        SortedMap<Tag, Digest> all = new TreeMap<>();
        for (String name : Folders.list(tags)) {
            if (Tag.isTag(name)) {
                Tag tag = new Tag(name);
                find(tag).ifPresent(digest -> all.put(tag, digest));
            }
        }
        return all;
    }

    public List<Tag> tagsOf(Digest digest) throws IOException {
        List<Tag> all = new ArrayList<>();
        tags().forEach((tag, target) -> {
            if (target.equals(digest)) {
                all.add(tag);
            }
        });
        return all;
    }

    public Instant pushedAt(Digest digest) throws IOException {
        return Files.getLastModifiedTime(manifest(digest)).toInstant();
    }

    /** The indexes that list the image. */
    public List<Digest> parents(Digest child) throws IOException {
        List<Digest> all = new ArrayList<>();
        for (Digest digest : digests()) {
            boolean lists = find(digest).stream()
                    .flatMap(document -> document.children().stream())
                    .anyMatch(entry -> entry.digest().equals(child));
            if (lists) {
                all.add(digest);
            }
        }
        return all;
    }

    /** Whether an image here names the blob. */
    public boolean reference(Digest blob) throws IOException {
        for (Digest digest : digests()) {
            if (find(digest).stream()
                    .anyMatch(document -> document.blobDigests().contains(blob))) {
                return true;
            }
        }
        return false;
    }

    void put(ManifestDocument document, Instant now) throws IOException {
        if (!holds(document.digest())) {
            incoming.write(manifest(document.digest()), document.bytes(), now);
        }
    }

    void put(Tag tag, Digest digest, Instant now) throws IOException {
        incoming.write(tags.resolve(tag.value()), digest.toString().getBytes(StandardCharsets.US_ASCII), now);
    }

    void delete(Tag tag) throws IOException {
        Files.deleteIfExists(tags.resolve(tag.value()));
    }

    void delete(Digest digest) throws IOException {
        for (Tag tag : tagsOf(digest)) {
            delete(tag);
        }
        Files.deleteIfExists(manifest(digest));
    }

    private Path manifest(Digest digest) {
        return manifests.resolve(Folders.of(digest));
    }
}
