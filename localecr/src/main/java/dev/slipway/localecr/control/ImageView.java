package dev.slipway.localecr.control;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An image as {@code DescribeImages} shows it. */
final class ImageView {
    private ImageView() {}

    static ObjectNode of(Input input, Images images, ManifestDocument document, List<Tag> tags) throws IOException {
        ObjectNode json = input.answerFor(input.repositoryName())
                .put("imageDigest", document.digest().toString());
        if (!tags.isEmpty()) {
            ArrayNode array = json.putArray("imageTags");
            tags.forEach(tag -> array.add(tag.value()));
        }
        json.put("imageSizeInBytes", size(images, document))
                .put("imagePushedAt", RepositoryView.seconds(images.pushedAt(document.digest())))
                .put("imageManifestMediaType", document.mediaType())
                .put("imageStatus", "ACTIVE");
        if (!document.artifactType().isEmpty()) {
            json.put("artifactMediaType", document.artifactType());
        }
        document.subject()
                .ifPresent(subject ->
                        json.put("subjectManifestDigest", subject.digest().toString()));
        return json;
    }

    /** Compressed bytes; of an index, those of its largest entry. */
    private static long size(Images images, ManifestDocument document) throws IOException {
        long size = document.layersSize();
        for (ManifestDocument.Reference child : document.children()) {
            Digest digest = child.digest();
            size = Math.max(
                    size, images.find(digest).map(ManifestDocument::layersSize).orElse(0L));
        }
        return size;
    }
}
