package dev.slipway.image.layout;

import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.OutgoingImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of {@code index.json}. */
final class LayoutIndex {
    static final Index EMPTY = new Index(MediaType.OCI_INDEX, List.of(), Map.of());

    private LayoutIndex() {}

    /** The index with the image under these names; what had one of the names before loses it. */
    static Index with(Index index, Outgoing image, List<ImageReference> names) {
        List<Descriptor> added = entries(image, names);
        List<Descriptor> all = new ArrayList<>(index.manifests());
        all.removeIf(old -> added.stream().anyMatch(entry -> replaces(entry, old)));
        all.addAll(added);
        return new Index(index.mediaType(), all, index.annotations());
    }

    private static boolean replaces(Descriptor entry, Descriptor old) {
        String name = entry.annotations().getOrDefault(Layout.REF_NAME, "");
        String oldName = old.annotations().getOrDefault(Layout.REF_NAME, "");
        return name.equals(oldName)
                && (!name.isEmpty() || entry.digest().equals(old.digest()))
                && old.platform().equals(entry.platform());
    }

    private static List<Descriptor> entries(Outgoing image, List<ImageReference> names) {
        Descriptor plain = image.manifestDescriptor();
        Optional<Platform> platform = plain.platform().or(() -> platform(image));
        if (names.isEmpty()) {
            return List.of(entry(plain, platform, Map.of()));
        }
        return names.stream()
                .map(name -> entry(plain, platform, annotations(name)))
                .toList();
    }

    private static Optional<Platform> platform(Outgoing outgoing) {
        return outgoing instanceof OutgoingImage image
                ? Optional.of(ImageJson.readConfig(image.config()).platform())
                        .filter(known ->
                                !known.os().isEmpty() && !known.architecture().isEmpty())
                : Optional.empty();
    }

    private static Map<String, String> annotations(ImageReference name) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(Layout.FULL_NAME, name.toString());
        name.tag().ifPresent(tag -> annotations.put(Layout.REF_NAME, tag));
        return annotations;
    }

    private static Descriptor entry(Descriptor plain, Optional<Platform> platform, Map<String, String> more) {
        Map<String, String> annotations = new LinkedHashMap<>(plain.annotations());
        annotations.putAll(more);
        return new Descriptor(plain.mediaType(), plain.digest(), plain.size(), platform, annotations);
    }
}
