package dev.slipway.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildReport.LayerReport;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildSummaryTest {
    private static final Digest A = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest B = Digest.parse("sha256:" + "b".repeat(64));
    private static final Digest C = Digest.parse("sha256:" + "c".repeat(64));

    @Test
    void aPushedImageShowsItsNamesDigestAndLayers() {
        BuildReport report = report(
                List.of(
                        ImageReference.parse("reg.example.com/team/app:1"),
                        ImageReference.parse("reg.example.com/team/app:2")),
                Optional.of(new PushReceipt(A, 1536, 2, 1)),
                List.of(
                        new LayerReport(B, B, 2_200_000, "", true),
                        new LayerReport(C, C, 512, "RUN /bin/sh -c set -e\n make\tall", false)));

        assertThat(BuildSummary.of(report))
                .containsExactly(
                        "pushed reg.example.com/team/app:1",
                        "pushed reg.example.com/team/app:2",
                        "digest sha256:" + "a".repeat(64),
                        "sent 2 blobs (1.5 kB), 1 already there",
                        "",
                        "LAYER              SIZE  FROM   INSTRUCTION",
                        "bbbbbbbbbbbb     2.2 MB  base   (the base image does not say)",
                        "cccccccccccc      512 B  build  RUN /bin/sh -c set -e  make\tall");
    }

    @Test
    void anImageThatStaysHereSaysSo() {
        BuildReport report = report(List.of(ImageReference.parse("app")), Optional.empty(), List.of());

        assertThat(BuildSummary.of(report)).startsWith("built docker.io/library/app:latest", "digest " + A);
    }

    @Test
    void aLongInstructionIsCut() {
        BuildReport report =
                report(List.of(), Optional.empty(), List.of(new LayerReport(B, B, 1, "RUN " + "x".repeat(200), false)));

        assertThat(BuildSummary.of(report).getLast()).endsWith("xxx…").hasSizeLessThan(135);
    }

    private static BuildReport report(
            List<ImageReference> names, Optional<PushReceipt> push, List<LayerReport> layers) {
        byte[] bytes = {};
        Descriptor any = Descriptor.of(MediaType.OCI_MANIFEST, bytes);
        ImageConfig config = new ImageConfig(
                Optional.empty(), "", Platform.of("linux", "amd64"), ContainerConfig.EMPTY, List.of(), List.of());
        return new BuildReport(
                A, config, new OutgoingImage(bytes, any, bytes, any, List.of()), layers, names, push, Duration.ZERO);
    }
}
