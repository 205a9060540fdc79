package dev.slipway.cli;

import dev.slipway.engine.request.ExportSettings;
import dev.slipway.engine.request.ManifestFormat;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the image goes, and what is written about it. */
final class ExportOptions {
    @Option(
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "name of the image (repeatable; all in one repository)")
    private List<ImageReference> tags = new ArrayList<>();

    @Option(names = "--push", description = "push the image under every REF")
    private boolean push;

    @Option(
            names = "--format",
            paramLabel = "docker|oci",
            description = "media types of the manifest; docker by default")
    private ManifestFormat format = ManifestFormat.DOCKER;

    @Option(names = "--iidfile", paramLabel = "FILE", description = "write the image's ID (digest of its config) here")
    private Optional<Path> idFile = Optional.empty();

    ExportSettings settings() {
        if (push && tags.isEmpty()) {
            throw new InvalidInputException(
                    Problem.of("--push needs a name").remedy("give one with -t REGISTRY/REPOSITORY:TAG"));
        }
        if (tags.stream().map(ImageReference::repositoryName).distinct().count() > 1) {
            throw new InvalidInputException(Problem.of(
                            "the names given with -t are in different repositories", tags.toString())
                    .remedy("run one build for each repository; the second one reuses what the first has built"));
        }
        return new ExportSettings(tags, push, format);
    }

    Optional<Path> idFile() {
        return idFile;
    }
}
