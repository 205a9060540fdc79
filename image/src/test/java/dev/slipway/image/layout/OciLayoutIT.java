package dev.slipway.image.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.OutgoingIndex;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.image.transfer.SourceImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Image-spec 1.1, image layout; read by skopeo and umoci, and what they write is read. */
class OciLayoutIT {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final ImageReference APP = ImageReference.parse("localhost:5000/team/app:1");

    @TempDir
    Path directory;

    private Path layout() {
        return directory.resolve("layout");
    }

    private static OciLayoutTarget target(Path place, boolean archive) {
        return archive ? OciLayoutTarget.archive(place) : OciLayoutTarget.directory(place);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenIsReadAsTheSame(boolean archive) throws IOException {
        OutgoingImage image = TestImage.of("me");
        PushReceipt receipt = target(layout(), archive).push(image, List.of(APP));
        assertThat(receipt.digest()).isEqualTo(image.manifestDescriptor().digest());
        assertThat(receipt.uploadedBlobs()).isEqualTo(3);

        OciLayoutSource source = OciLayoutSource.open(layout());
        SourceImage read = source.resolve(APP, AMD64);
        assertThat(read.reference()).isEqualTo(APP);
        assertThat(read.digest()).isEqualTo(receipt.digest());
        assertThat(read.config().author()).isEqualTo("me");
        assertThat(read.layers())
                .singleElement()
                .satisfies(layer -> assertThat(layer.open()).hasBinaryContent(TestImage.EMPTY_TAR));
        OutgoingImage again = source.outgoing(read);
        assertThat(again.manifest()).isEqualTo(image.manifest());
        assertThat(again.config()).isEqualTo(image.config());
        assertThat(again.manifestDescriptor()).isEqualTo(image.manifestDescriptor());
        assertThat(again.configDescriptor()).isEqualTo(image.configDescriptor());
        assertThat(source.only(APP, AMD64).digest()).isEqualTo(receipt.digest());
    }

    @Test
    void directoryHasWhatTheSpecSaysAndNothingElse() throws IOException {
        OutgoingImage image = TestImage.of("me");
        OciLayoutTarget.directory(layout()).push(image, List.of(APP));
        assertThat(layout().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(layout().resolve("index.json"))
                .hasContent("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%s,"annotations":\
                {"io.containerd.image.name":"localhost:5000/team/app:1","org.opencontainers.image.ref.name":"1"},\
                "platform":{"architecture":"amd64","os":"linux"}}]}""".formatted(image.manifestDescriptor().digest(), image.manifest().length));
        try (Stream<Path> names = Files.list(layout())) {
            assertThat(names.map(name -> name.getFileName().toString()))
                    .containsExactlyInAnyOrder("oci-layout", "index.json", "blobs");
        }
        try (Stream<Path> blobs = Files.list(layout().resolve("blobs/sha256"))) {
            assertThat(blobs).hasSize(3);
        }
    }

    @Test
    void directoryKeepsOtherImagesAndGivesATagToTheNewestOne() {
        OciLayoutTarget target = OciLayoutTarget.directory(layout());
        OutgoingImage first = TestImage.of("first");
        OutgoingImage second = TestImage.of("second");
        target.push(first, List.of(APP, APP.withTag("old")));
        PushReceipt receipt = target.push(second, List.of(APP));
        assertThat(receipt.reusedBlobs()).isEqualTo(1);
        assertThat(receipt.uploadedBytes()).isEqualTo(second.config().length + second.manifest().length);
        OciLayoutSource source = OciLayoutSource.open(layout());
        assertThat(source.images()).hasSize(2);
        assertThat(source.resolve(APP, AMD64).config().author()).isEqualTo("second");
        assertThat(source.resolve(APP.withTag("old"), AMD64).config().author()).isEqualTo("first");
        assertThat(source.resolve(APP.withDigest(first.manifestDescriptor().digest()), AMD64)
                        .config()
                        .author())
                .isEqualTo("first");
        assertThatThrownBy(() -> source.only(APP, AMD64))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("the layout has localhost:5000/team/app:old, localhost:5000/team/app:1");
        target.push(second, List.of(APP));
        assertThat(OciLayoutSource.open(layout()).images()).hasSize(2);
    }

    @Test
    void platformsOfOneNameStandSideBySide() {
        OciLayoutTarget target = OciLayoutTarget.directory(layout());
        target.push(TestImage.of(MediaFamily.OCI, AMD64, "amd64"), List.of(APP));
        target.push(TestImage.of(MediaFamily.OCI, new Platform("linux", "arm64", "v8", ""), "arm64"), List.of(APP));
        OciLayoutSource source = OciLayoutSource.open(layout());
        assertThat(source.resolve(APP, AMD64).config().author()).isEqualTo("amd64");
        assertThat(source.resolve(APP, Platform.of("linux", "arm64")).config().author())
                .isEqualTo("arm64");
        assertThatThrownBy(() -> source.resolve(APP, Platform.of("linux", "s390x")))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("find an image for linux/s390x: there is linux/amd64, linux/arm64/v8");
    }

    @Test
    void imageMayGoWithoutAName() {
        OciLayoutTarget target = OciLayoutTarget.directory(layout());
        target.push(TestImage.of("me"), List.of());
        target.push(TestImage.of("me"), List.of());
        OciLayoutSource source = OciLayoutSource.open(layout());
        assertThat(source.images()).hasSize(1);
        assertThat(source.only(APP, AMD64).config().author()).isEqualTo("me");
        assertThatThrownBy(() -> source.resolve(APP, AMD64))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("find localhost:5000/team/app:1: the layout has sha256:");
    }

    @Test
    void archiveOfTheSameImageHasTheSameBytes() throws IOException {
        OciLayoutTarget.archive(directory.resolve("one")).push(TestImage.of("me"), List.of(APP));
        OciLayoutTarget.archive(directory.resolve("two")).push(TestImage.of("me"), List.of(APP));
        assertThat(directory.resolve("one")).hasSameBinaryContentAs(directory.resolve("two"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void damagedLayerIsNotWritten(boolean archive) throws IOException {
        assertThatThrownBy(() -> target(layout(), archive).push(TestImage.damaged(), List.of(APP)))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("write the image sha256:");
        assertThat(layout().resolve("index.json")).doesNotExist();
        try (Stream<Path> names = Files.list(directory)) {
            assertThat(names.filter(name -> !name.equals(layout()))).isEmpty();
        }
    }

    @Test
    void changedBlobsAreNoticed() throws IOException {
        OutgoingImage image = TestImage.of("me");
        OciLayoutTarget.directory(layout()).push(image, List.of(APP));
        Digest config = image.configDescriptor().digest();
        Files.writeString(layout().resolve("blobs/sha256").resolve(config.hex()), "{}");
        assertThatThrownBy(() -> OciLayoutSource.open(layout()).resolve(APP, AMD64))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("read " + config + ": the content is sha256:");
    }

    @Test
    void whatIsNoLayoutIsSaidToBeNone() throws IOException {
        assertThatThrownBy(() -> OciLayoutSource.open(layout())).isInstanceOf(MachineException.class);
        Files.createDirectory(layout());
        assertThatThrownBy(() -> OciLayoutSource.open(layout()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("index.json");
        Files.writeString(layout().resolve("index.json"), "[]");
        assertThatThrownBy(() -> OciLayoutSource.open(layout()))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("not a JSON object");
        Path text = Files.writeString(directory.resolve("text"), "x".repeat(2000));
        assertThatThrownBy(() -> OciLayoutSource.open(text)).isInstanceOf(ServiceException.class);
    }

    @Test
    void unwritablePlaceIsTheMachinesFault() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(
                        () -> OciLayoutTarget.directory(file.resolve("layout")).push(TestImage.of("me"), List.of(APP)))
                .isInstanceOf(MachineException.class);
    }

    /** As it lies there, though most tools look for OCI's types alone in a layout. */
    @ParameterizedTest
    @EnumSource(MediaFamily.class)
    void imagesOfBothFamiliesKeepTheirBytes(MediaFamily family) {
        OutgoingImage image = TestImage.of(family, AMD64, "me");
        OciLayoutTarget.directory(layout()).push(image, List.of(APP));
        OciLayoutSource source = OciLayoutSource.open(layout());
        OutgoingImage read = source.outgoing(source.resolve(APP, AMD64));
        assertThat(read.manifest()).isEqualTo(image.manifest());
        assertThat(read.manifestDescriptor().mediaType()).isEqualTo(family.manifest());
    }

    @Test
    void skopeoReadsTheDirectoryAndTheArchive() throws Exception {
        OutgoingImage image = TestImage.of("me");
        OciLayoutTarget.directory(layout()).push(image, List.of(APP));
        OciLayoutTarget.archive(directory.resolve("archive.tar")).push(image, List.of(APP));
        for (String place :
                List.of("oci:" + layout() + ":1", "oci-archive:" + directory.resolve("archive.tar") + ":1")) {
            assertThat(run("skopeo", "inspect", "--raw", place)).isEqualTo(TestImage.text(image.manifest()));
            assertThat(run("skopeo", "inspect", place))
                    .contains(Digest.of(TestImage.EMPTY_TAR).toString());
        }
    }

    @Test
    void skopeoCopiesWhatIsWrittenWithItsDigestAndItsCopyIsRead() throws Exception {
        OutgoingImage image = TestImage.of("me");
        OciLayoutTarget.directory(layout()).push(image, List.of(APP));
        Path copy = directory.resolve("copy");
        Path archive = directory.resolve("copy.tar");
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--preserve-digests",
                "oci:" + layout() + ":1",
                "oci:" + copy + ":x");
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--preserve-digests",
                "oci:" + copy + ":x",
                "oci-archive:" + archive);
        ImageReference tagged = ImageReference.parse("any/name:x");
        assertThat(OciLayoutSource.open(copy).resolve(tagged, AMD64).digest())
                .isEqualTo(image.manifestDescriptor().digest());
        OciLayoutSource fromArchive = OciLayoutSource.open(archive);
        SourceImage read = fromArchive.only(tagged, AMD64);
        assertThat(read.digest()).isEqualTo(image.manifestDescriptor().digest());
        assertThat(fromArchive.outgoing(read).manifest()).isEqualTo(image.manifest());
        assertThat(read.layers().getFirst().open()).hasBinaryContent(TestImage.EMPTY_TAR);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void indexGoesWithAllThatItNames(boolean archive) {
        OutgoingIndex index = TestImage.index(MediaFamily.OCI);
        target(layout(), archive).push(index, List.of(APP));

        OciLayoutSource source = OciLayoutSource.open(layout());
        assertThat(source.resolve(APP, AMD64).config().author()).isEqualTo("amd64");
        assertThat(source.resolve(APP, Platform.of("linux", "arm64")).config().author())
                .isEqualTo("arm64");
        Outgoing again = source.outgoing(source.entry(""));
        assertThat(again.manifest()).isEqualTo(index.manifest());
        assertThat(again.manifestDescriptor()).isEqualTo(index.manifestDescriptor());
        assertThat(again.manifests())
                .extracting(Outgoing::manifestDescriptor)
                .isEqualTo(index.manifests().stream()
                        .map(Outgoing::manifestDescriptor)
                        .toList());
    }

    @Test
    void skopeoCopiesAnIndexWithItsDigest() throws Exception {
        OutgoingIndex index = TestImage.index(MediaFamily.OCI);
        OciLayoutTarget.archive(directory.resolve("index.tar")).push(index, List.of(APP));
        Path copy = directory.resolve("copy");
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--preserve-digests",
                "oci-archive:" + directory.resolve("index.tar") + ":1",
                "oci:" + copy + ":1");
        assertThat(OciLayoutSource.open(copy).entry("1").digest())
                .isEqualTo(index.manifestDescriptor().digest());
    }

    @ParameterizedTest
    @EnumSource(MediaFamily.class)
    void skopeoReadsTheDockerArchiveUnderEachNameAndTheImageKeepsItsDigest(MediaFamily family) throws Exception {
        OutgoingImage image = TestImage.of(family, AMD64, "me");
        Path file = directory.resolve("docker.tar");
        ImageReference other = APP.withTag("other");
        OciLayoutTarget.dockerArchive(file).push(image, List.of(APP, other));

        for (ImageReference name : List.of(APP, other)) {
            String place = "docker-archive:" + file + ":" + name;
            assertThat(run("skopeo", "inspect", "--config", "--raw", place)).isEqualTo(TestImage.text(image.config()));
        }
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "docker-archive:" + file + ":" + APP,
                "dir:" + directory.resolve("d"));
        OciLayoutSource source = OciLayoutSource.open(file);
        assertThat(source.outgoing(source.entry(APP.toString()))
                        .manifestDescriptor()
                        .digest())
                .isEqualTo(image.manifestDescriptor().digest());
    }

    @Test
    void archiveInAStreamHasTheBytesOfTheFile() throws IOException {
        OutgoingImage image = TestImage.of("me");
        OciLayoutTarget.archive(directory.resolve("one")).push(image, List.of(APP));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        OciLayoutTarget.stream(stream, "stdout", false, image, List.of(APP));
        assertThat(directory.resolve("one")).hasBinaryContent(stream.toByteArray());
    }

    @Test
    void choiceBetweenImagesIsTheUsers() {
        OciLayoutTarget target = OciLayoutTarget.directory(layout());
        target.push(TestImage.of("first"), List.of(APP));
        OutgoingImage second = TestImage.of("second");
        target.push(second, List.of(APP.withTag("2")));
        OciLayoutSource source = OciLayoutSource.open(layout());
        Digest digest = second.manifestDescriptor().digest();
        for (String name : List.of("2", APP.withTag("2").toString(), digest.toString())) {
            assertThat(source.entry(name).digest()).as(name).isEqualTo(digest);
        }
        assertThatThrownBy(() -> source.entry(""))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(
                        "choose an image: the layout has localhost:5000/team/app:1, localhost:5000/team/app:2");
        assertThatThrownBy(() -> source.entry("3"))
                .hasMessageContaining("find 3: the layout has localhost:5000/team/app:1");
    }

    @Test
    void umociReadsItAndWhatItWritesIsRead() throws Exception {
        OciLayoutTarget.directory(layout()).push(TestImage.of("me"), List.of(APP));
        assertThat(run("umoci", "stat", "--image", layout() + ":1", "--json")).contains("COPY nothing");
        run(
                "umoci",
                "unpack",
                "--rootless",
                "--image",
                layout() + ":1",
                directory.resolve("bundle").toString());
        run("umoci", "config", "--image", layout() + ":1", "--tag", "2", "--config.user", "nobody");
        OciLayoutSource source = OciLayoutSource.open(layout());
        assertThat(source.images())
                .extracting(Descriptor::annotations)
                .extracting(annotations -> Optional.ofNullable(annotations.get(Layout.REF_NAME)))
                .containsExactlyInAnyOrder(Optional.of("1"), Optional.of("2"));
        assertThat(source.resolve(APP.withTag("2"), AMD64).config().config().user())
                .isEqualTo("nobody");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
        return output;
    }
}
