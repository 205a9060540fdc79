package dev.slipway.localecr.control;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.store.Images;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An {@code imageId} of a request: a digest, a tag, or both, which then must agree.
 *
 * @param digest empty if absent
 * @param tag empty if absent
 */
record ImageId(String digest, String tag) {
    static ImageId of(JsonNode json) {
        return new ImageId(
                json.path("imageDigest").stringValue(""), json.path("imageTag").stringValue(""));
    }

    boolean isEmpty() {
        return digest.isEmpty() && tag.isEmpty();
    }

    boolean hasMalformedDigest() {
        return !digest.isEmpty() && !Digest.isDigest(digest);
    }

    Optional<Digest> find(Images images) throws IOException {
        if (hasMalformedDigest()) {
            return Optional.empty();
        }
        if (tag.isEmpty()) {
            return digest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Digest.parse(digest)).filter(images::holds);
        }
        Optional<Digest> target = Tag.isTag(tag) ? images.find(new Tag(tag)) : Optional.empty();
        return target.filter(found -> digest.isEmpty() || found.toString().equals(digest));
    }

    ObjectNode toJson() {
        ObjectNode json = Input.newObject();
        if (!digest.isEmpty()) {
            json.put("imageDigest", digest);
        }
        if (!tag.isEmpty()) {
            json.put("imageTag", tag);
        }
        return json;
    }
}
