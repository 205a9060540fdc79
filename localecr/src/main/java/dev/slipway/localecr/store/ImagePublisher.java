package dev.slipway.localecr.store;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.model.Texts;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Adds images to repositories and removes them, under ECR's conditions. Thread-safe. */
public final class ImagePublisher {
    /** BuildKit's attestations as artifacts have this config; ECR does not take them as entries of an index. */
    private static final String EMPTY_CONFIG = "application/vnd.oci.empty.v1+json";

    private final InstantSource clock;

    public ImagePublisher(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Stores the manifest and, where one is given, sets the tag. Each manifest and each tag appears in one step.
     *
     * @throws dev.slipway.localecr.model.Refusal if something that it names is missing, or the tag is immutable and
     *     exists: even for the same image
     */
    public void publish(RegistryId registry, Repository repository, ManifestDocument document, List<Tag> tags)
            throws IOException {
        RepositoryName name = repository.settings().name();
        requireBlobs(registry, repository, document);
        requireChildren(registry, repository, document);
        repository.exclusively(() -> {
            if (!repository.exists()) {
                throw Reason.REPOSITORY_MISSING.refuse(Texts.repositoryMissing(name, registry));
            }
            for (Tag tag : tags) {
                requireMovable(repository, name, tag);
            }
            repository.images().put(document, clock.instant());
            for (Tag tag : tags) {
                repository.images().put(tag, document.digest(), clock.instant());
            }
            return document;
        });
    }

    /**
     * Removes a tag, and with its last tag the image.
     *
     * @return false if there is no such tag
     */
    public boolean delete(Repository repository, Tag tag) throws IOException {
        return repository.exclusively(() -> {
            Optional<Digest> image = repository.images().find(tag);
            if (image.isEmpty()) {
                return false;
            }
            if (repository.images().tagsOf(image.get()).size() == 1) {
                requireNoParent(repository, image.get());
                repository.images().delete(image.get());
            }
            repository.images().delete(tag);
            return true;
        });
    }

    /**
     * Removes an image with all its tags.
     *
     * @return false if there is no such image
     */
    public boolean delete(Repository repository, Digest image) throws IOException {
        return repository.exclusively(() -> {
            if (!repository.images().holds(image)) {
                return false;
            }
            requireNoParent(repository, image);
            repository.images().delete(image);
            return true;
        });
    }

    private static void requireMovable(Repository repository, RepositoryName name, Tag tag) throws IOException {
        if (repository.settings().mutability().fixes(tag)
                && repository.images().find(tag).isPresent()) {
            throw Reason.TAG_IMMUTABLE.refuse(Texts.tagImmutable(tag, name));
        }
    }

    private static void requireBlobs(RegistryId registry, Repository repository, ManifestDocument document) {
        List<Digest> missing = document.blobDigests().stream()
                .filter(blob -> !repository.blobs().holds(blob))
                .toList();
        if (!missing.isEmpty()) {
            throw Reason.LAYERS_MISSING.refuse(
                    Texts.layersRequired(missing, repository.settings().name(), registry));
        }
    }

    private static void requireChildren(RegistryId registry, Repository repository, ManifestDocument document)
            throws IOException {
        Images images = repository.images();
        List<Digest> missing = document.children().stream()
                .map(ManifestDocument.Reference::digest)
                .filter(child -> !images.holds(child))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw Reason.CHILDREN_MISSING.refuse(
                    Texts.imagesRequired(missing, repository.settings().name(), registry));
        }
        for (ManifestDocument.Reference child : document.children()) {
            if (images.find(child.digest()).stream()
                    .anyMatch(image -> image.configMediaType().equals(EMPTY_CONFIG))) {
                throw Reason.MANIFEST_REJECTED.refuse(Texts.manifest("Invalid JSON syntax"));
            }
        }
    }

    private static void requireNoParent(Repository repository, Digest image) throws IOException {
        List<Digest> parents = repository.images().parents(image);
        if (!parents.isEmpty()) {
            throw Reason.IMAGE_REFERENCED.refuse("Requested image referenced by manifest list: " + parents);
        }
    }
}
