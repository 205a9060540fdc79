package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image manifest, OCI or Docker schema 2; {@link #mediaType()} says which. Its digest is that of the bytes it came
 * from or was written to, never of a second encoding.
 *
 * @param layers base first
 */
public record Manifest(String mediaType, Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
    public Manifest {
        requireNonNull(mediaType, "mediaType is null");
        requireNonNull(config, "config is null");
        layers = List.copyOf(layers);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }
}
