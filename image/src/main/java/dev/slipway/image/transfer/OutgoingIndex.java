package dev.slipway.image.transfer;

import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.MediaFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An index that is ready to be sent, with all that it names.
 *
 * @param manifest exact bytes of the index, whose digest is the index's
 * @param manifestDescriptor describes {@code manifest}
 * @param children what the index names, in its order
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md">image-spec, index</a>
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are sent as they are
public record OutgoingIndex(byte[] manifest, Descriptor manifestDescriptor, List<Outgoing> children)
        implements Outgoing {
    public OutgoingIndex {
        children = List.copyOf(children);
    }

    /**
     * Makes an index.
     *
     * @param family whose media type the index gets; that of its children
     * @param children whose descriptors go into the index as they are: with platform and annotations
     */
    public static OutgoingIndex of(
            MediaFamily family, List<? extends Outgoing> children, Map<String, String> annotations) {
        Index index = new Index(
                family.index(),
                children.stream().map(Outgoing::manifestDescriptor).toList(),
                annotations);
        byte[] json = ImageJson.writeIndex(index);
        return new OutgoingIndex(json, Descriptor.of(family.index(), json), List.copyOf(children));
    }

    @Override
    public List<Outgoing> manifests() {
        Map<Digest, Outgoing> all = new LinkedHashMap<>();
        for (Outgoing child : children) {
            child.manifests()
                    .forEach(inner -> all.putIfAbsent(inner.manifestDescriptor().digest(), inner));
        }
        all.put(manifestDescriptor.digest(), this);
        return List.copyOf(all.values());
    }
}
