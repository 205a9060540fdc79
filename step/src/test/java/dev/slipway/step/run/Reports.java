package dev.slipway.step.run;

import dev.slipway.engine.BuildReport;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import dev.slipway.image.transfer.OutgoingImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reports of builds that were none. */
final class Reports {
    private Reports() {}

    static BuildReport empty() {
        byte[] bytes = new byte[0];
        Descriptor nothing = Descriptor.of("application/octet-stream", bytes);
        ImageConfig config =
                new ImageConfig(Optional.empty(), "", Platform.host(), ContainerConfig.EMPTY, List.of(), List.of());
        return new BuildReport(
                Digest.of(bytes),
                config,
                new OutgoingImage(bytes, nothing, bytes, nothing, List.of()),
                List.of(),
                List.of(),
                Optional.empty(),
                Duration.ZERO);
    }
}
