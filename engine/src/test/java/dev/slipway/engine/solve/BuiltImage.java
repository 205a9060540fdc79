package dev.slipway.engine.solve;

import dev.slipway.engine.BuildReport;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.SourceImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** An image that was built before, offered as a registry would offer it. */
final class BuiltImage {
    private final BuildReport report;
    private final Runnable beforeEach;
    private final AtomicInteger opened = new AtomicInteger();

    /** @param beforeEach is run before the content of a layer is given */
    BuiltImage(BuildReport report, Runnable beforeEach) {
        this.report = report;
        this.beforeEach = beforeEach;
    }

    /** Gives this image, whatever the name. */
    ImageSource source() {
        return (reference, _) -> image(reference);
    }

    /** How often the content of a layer was asked for. */
    int opened() {
        return opened.get();
    }

    private SourceImage image(ImageReference reference) {
        return new SourceImage(
                reference,
                report.digest(),
                ImageJson.readManifest(report.image().manifest()),
                report.config(),
                report.image().layers().stream()
                        .map(layer -> (BlobSource) new Watched(this, layer))
                        .toList());
    }

    private record Watched(BuiltImage image, BlobSource blob) implements BlobSource {
        @Override
        public Descriptor descriptor() {
            return blob.descriptor();
        }

        @Override
        public InputStream open() throws IOException {
            image.opened.incrementAndGet();
            image.beforeEach.run();
            return blob.open();
        }
    }
}
