package dev.slipway.localecr.control;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.ManifestDocument;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows all images of a repository, or those named.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html">DescribeImages</a>
 */
final class DescribeImages implements Operation {
    @Override
    public String name() {
        return "DescribeImages";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        Images images = input.repository().images();
        Map<Digest, List<Tag>> tags = new LinkedHashMap<>();
        images.tags()
                .forEach((tag, digest) ->
                        tags.computeIfAbsent(digest, _ -> new ArrayList<>()).add(tag));
        Optional<List<JsonNode>> named = input.givenList("imageIds");
        List<Digest> found = named.isPresent() ? named(input, images, named.get()) : images.digests();
        List<Digest> wanted = found.stream()
                .filter(digest -> ListImages.passes(input, tags.containsKey(digest)))
                .toList();
        Page<Digest> page = Page.of(input.json(), wanted, Digest::toString);
        ObjectNode answer = Input.newObject();
        ArrayNode details = answer.putArray("imageDetails");
        for (Digest digest : page.items()) {
            Optional<ManifestDocument> document = images.find(digest);
            if (document.isPresent()) {
                details.add(ImageView.of(input, images, document.get(), tags.getOrDefault(digest, List.of())));
            }
        }
        page.putToken(answer);
        return answer;
    }

    private static List<Digest> named(Input input, Images images, List<JsonNode> ids) throws IOException {
        RepositoryName name = input.repositoryName();
        TreeSet<Digest> all = new TreeSet<>();
        for (JsonNode json : ids) {
            ImageId id = ImageId.of(json);
            all.add(id.find(images)
                    .orElseThrow(() -> Reason.IMAGE_MISSING.refuse(
                            Texts.imageMissing(orNull(id.digest()), orNull(id.tag()), name, input.registry()))));
        }
        return List.copyOf(all);
    }

    /** AWS prints its own absent values so. */
    private static String orNull(String text) {
        return text.isEmpty() ? "null" : text;
    }
}
