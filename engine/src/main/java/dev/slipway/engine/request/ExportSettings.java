package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.reference.ImageReference;
import java.util.List;

/**
 * Where the image goes.
 *
 * @param names under which the image is pushed or recorded; all in one repository; may be empty
 * @param push whether the image is sent to the registry of {@code names}
 */
public record ExportSettings(List<ImageReference> names, boolean push, ManifestFormat format) {
    /** Nowhere: the layers stay in the store. */
    public static final ExportSettings DEFAULT = new ExportSettings(List.of(), false, ManifestFormat.DOCKER);

    public ExportSettings {
        requireNonNull(format, "format is null");
        names = List.copyOf(names);
        if (push && names.isEmpty()) {
            throw new IllegalArgumentException("a push needs a name");
        }
        if (names.stream().map(ImageReference::repositoryName).distinct().count() > 1) {
            throw new IllegalArgumentException("all names of one push are in one repository");
        }
    }

    /** Pushed under these names. */
    public static ExportSettings pushedTo(List<ImageReference> names) {
        return new ExportSettings(names, true, ManifestFormat.DOCKER);
    }

    /** With the other media types. */
    public ExportSettings withFormat(ManifestFormat other) {
        return new ExportSettings(names, push, other);
    }
}
