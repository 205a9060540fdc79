package dev.slipway.engine.context;

import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.layout.OciLayoutSource;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An image of an OCI layout as a named context. */
final class NamedLayout {
    private static final String USUAL_TAG = "latest";

    private NamedLayout() {}

    /** Without a tag or a digest, it is {@code latest}, else the layout's only image. */
    static Target target(NamedContext.Value.Layout layout) {
        Path path = layout.path();
        if (!Files.isRegularFile(path) && !Files.isRegularFile(path.resolve("index.json"))) {
            throw new InvalidInputException(
                    Problem.of("the named context is no OCI layout", "there is no index.json in it")
                            .at(path.toString()));
        }
        return new Target.OfImage(reference(layout), Optional.of(path));
    }

    private static ImageReference reference(NamedContext.Value.Layout layout) {
        ImageReference asked = layout.reference();
        if (asked.digest().isPresent() || !asked.tag().filter(USUAL_TAG::equals).isPresent()) {
            return asked;
        }
        List<Descriptor> images = OciLayoutSource.open(layout.path()).images();
        boolean isNamed = images.stream()
                .anyMatch(image -> image.annotations().values().stream()
                        .anyMatch(name -> name.equals(USUAL_TAG) || name.equals(asked.toString())));
        return isNamed || images.size() != 1
                ? asked
                : asked.withDigest(images.getFirst().digest());
    }
}
