package dev.slipway.localecr.control;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the images of a repository, once for each of their tags.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html">ListImages</a>
 */
final class ListImages implements Operation {
    @Override
    public String name() {
        return "ListImages";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        Images images = input.repository().images();
        Map<Tag, Digest> tags = images.tags();
        Set<Digest> tagged = new HashSet<>(tags.values());
        List<ImageId> ids = new ArrayList<>();
        tags.forEach((tag, digest) -> ids.add(new ImageId(digest.toString(), tag.value())));
        images.digests().stream()
                .filter(digest -> !tagged.contains(digest))
                .forEach(digest -> ids.add(new ImageId(digest.toString(), "")));
        List<ImageId> wanted = ids.stream()
                .filter(id -> passes(input, !id.tag().isEmpty()))
                .sorted(Comparator.comparing(ListImages::key))
                .toList();
        Page<ImageId> page = Page.of(input.json(), wanted, ListImages::key);
        ObjectNode answer = Input.newObject();
        ArrayNode array = answer.putArray("imageIds");
        page.items().forEach(id -> array.add(id.toJson()));
        page.putToken(answer);
        return answer;
    }

    /** What {@code filter.tagStatus} lets through. */
    static boolean passes(Input input, boolean tagged) {
        return switch (input.json().path("filter").path("tagStatus").stringValue("ANY")) {
            case "TAGGED" -> tagged;
            case "UNTAGGED" -> !tagged;
            default -> true;
        };
    }

    private static String key(ImageId id) {
        return id.digest() + " " + id.tag();
    }
}
