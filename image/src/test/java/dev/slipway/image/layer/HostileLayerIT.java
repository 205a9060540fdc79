package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Processes;
import dev.slipway.foundation.linux.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that want to read or write what is not theirs. After each of them the world outside is as it was. */
class HostileLayerIT {
    @TempDir
    Path directory;

    private Path target = Path.of("");
    private Path outside = Path.of("");
    private SortedMap<String, String> before = new TreeMap<>();

    @BeforeEach
    void makeTheOutside() throws IOException {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
        target = Files.createDirectories(directory.resolve("store/target"));
        outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectory(outside.resolve("inner"));
        before = TreeDump.of(outside);
    }

    @AfterEach
    void theOutsideIsAsItWas() throws IOException {
        assertThat(TreeDump.difference(before, TreeDump.of(outside)))
                .as("THE OUTSIDE WAS CHANGED: A PATH ESCAPED")
                .isEmpty();
        try (Stream<Path> children = Files.list(directory)) {
            assertThat(children).as("SOMETHING NEW OUTSIDE: A PATH ESCAPED").hasSize(2);
        }
        try (Stream<Path> children = Files.list(directory.resolve("store"))) {
            assertThat(children).as("SOMETHING NEW OUTSIDE: A PATH ESCAPED").hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil", "a/../../evil", "/../evil", "../../outside/secret", "./../evil", "..", "a/../.."})
    void aNameThatClimbsOutIsRefused(String name) throws IOException {
        refused(new LayerBuilder().directory("a").file(name, "evil"), "leads out of the layer");
    }

    @Test
    void anAbsoluteNameLandsInside() throws IOException {
        apply(new LayerBuilder().file(outside + "/secret", "evil"));
        assertThat(inside(outside + "/secret")).hasContent("evil");
    }

    @Test
    void aFileThroughAnAbsoluteSymlinkLandsInside() throws IOException {
        apply(new LayerBuilder()
                .symlink("out", outside.toString())
                .file("out/secret", "evil")
                .file("out/new", "evil"));
        assertThat(inside(outside + "/secret")).hasContent("evil");
    }

    @Test
    void aFileThroughAClimbingSymlinkLandsInside() throws IOException {
        apply(new LayerBuilder()
                .directory("a")
                .symlink("a/up", "../../../../../../outside")
                .file("a/up/secret", "evil"));
        assertThat(target.resolve("outside/secret")).hasContent("evil");
    }

    @Test
    void aDirectoryThroughASymlinkChangesNoModeOutside() throws IOException {
        apply(new LayerBuilder()
                .symlink("out", outside.toString())
                .owned(1000, 0777)
                .directory("out/inner"));
        assertThat(inside(outside + "/inner")).isDirectory();
    }

    @Test
    void aDirectoryInPlaceOfASymlinkReplacesTheLink() throws IOException {
        apply(new LayerBuilder()
                .symlink("out", outside.toString())
                .owned(1000, 0777)
                .directory("out")
                .file("out/secret", "evil"));
        assertThat(target.resolve("out")).isDirectory();
        assertThat(Files.isSymbolicLink(target.resolve("out"))).isFalse();
        assertThat(target.resolve("out/secret")).hasContent("evil");
    }

    @Test
    void aFileInPlaceOfASymlinkReplacesTheLink() throws IOException {
        apply(new LayerBuilder()
                .symlink("f", outside + "/secret")
                .owned(1000, 04777)
                .file("f", "evil"));
        assertThat(Files.isRegularFile(target.resolve("f"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void symlinksThatPointAtEachOtherAreRefused() throws IOException {
        refused(new LayerBuilder().symlink("a", "b").symlink("b", "a").file("a/x", "evil"), "too many symlinks");
    }

    @Test
    void aHardLinkToAnAbsoluteNameMeansTheImagesOwn() throws IOException {
        LayerBuilder layer = new LayerBuilder().hardlink("l", outside + "/secret");
        AppliedLayer applied = LayerApplier.USUAL.apply(layer.open(), target);
        assertThat(target.resolve("l")).doesNotExist();
        assertThatThrownBy(() -> LayerApplier.USUAL.complete(applied, target, List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("neither this layer nor one below");
    }

    @Test
    void aHardLinkThatClimbsOutIsRefused() throws IOException {
        refused(new LayerBuilder().hardlink("l", "../../outside/secret"), "leads out of the layer");
    }

    @Test
    void aHardLinkThroughASymlinkFindsNothingOutside() throws IOException {
        LayerBuilder layer =
                new LayerBuilder().symlink("out", outside.toString()).hardlink("l", "out/secret");
        AppliedLayer applied = LayerApplier.USUAL.apply(layer.open(), target);
        assertThat(applied.pendingLinks()).hasSize(1);
        assertThat(target.resolve("l")).doesNotExist();
    }

    @Test
    void aHardLinkToASymlinkAndThenAFileOfItsNameWritesNothingOutside() throws IOException {
        apply(new LayerBuilder()
                .symlink("s", outside + "/secret")
                .hardlink("l", "s")
                .file("l", "evil")
                .file("s", "evil"));
        assertThat(target.resolve("s")).hasContent("evil");
    }

    @Test
    void aDeletionThroughASymlinkDeletesNothingOutside() throws IOException {
        apply(new LayerBuilder()
                .symlink("out", outside.toString())
                .file("out/.wh.secret", "")
                .file("out/inner/.wh..wh..opq", ""));
        assertThat(Nodes.stat(Fd.CWD, ByteString.of(inside(outside + "/secret")))
                        .isWhiteout())
                .isTrue();
        assertThat(Xattrs.list(Fd.CWD, ByteString.of(outside.resolve("inner")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", ".wh..", ".wh...", "a/.wh..."})
    void aDeletionOfNoNameIsRefused(String name) throws IOException {
        refused(new LayerBuilder().file(name, ""), "deletes no name");
    }

    @Test
    void theRootBecomesNeitherLinkNorFile() throws IOException {
        refused(new LayerBuilder().symlink("./", outside.toString()), "the root of a layer");
        refused(new LayerBuilder().file("/", "evil"), "the root of a layer");
    }

    @Test
    void aLayerSetsNoAttributeOfTheOverlay() throws IOException {
        apply(new LayerBuilder()
                .xattr("trusted.overlay.redirect", "/../../outside")
                .xattr("trusted.overlay.opaque", "y")
                .xattr("user.overlay.opaque", "y")
                .xattr("user.mine", "m")
                .directory("d")
                .xattr("trusted.overlay.metacopy", "")
                .file("d/f", "x"));
        assertThat(Xattrs.list(Fd.CWD, ByteString.of(target.resolve("d")))).containsExactly(ByteString.of("user.mine"));
        assertThat(Xattrs.list(Fd.CWD, ByteString.of(target.resolve("d/f")))).isEmpty();
    }

    @Test
    void aFileBelowAFileIsRefused() throws IOException {
        refused(new LayerBuilder().file("f", "x").file("f/g", "evil"), "f on the way to it is no directory");
        refused(new LayerBuilder().fifo("p").file("p/g", "evil"), "p on the way to it is no directory");
    }

    @Test
    void aNameThatNoFileSystemTakesIsTheLayersFault() throws IOException {
        refused(new LayerBuilder().file("n".repeat(256), "x"), "File name too long");
    }

    @Test
    void moreBytesThanAllowedAreRefusedBeforeTheyAreWritten() throws IOException {
        LayerApplier applier = new LayerApplier(OverlayMarks.TRUSTED, 10);
        LayerBuilder layer = new LayerBuilder().file("a", "12345").file("b", "123456");
        assertThatThrownBy(() -> applier.apply(layer.open(), target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than 10 bytes");
        assertThat(target.resolve("b")).doesNotExist();
    }

    private void apply(LayerBuilder layer) throws IOException {
        LayerApplier.USUAL.apply(layer.open(), target, List.of());
    }

    private void refused(LayerBuilder layer, String why) throws IOException {
        byte[] bytes = layer.toBytes();
        assertThatThrownBy(() -> LayerApplier.USUAL.apply(new ByteArrayInputStream(bytes), target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    /** Where an absolute path lies in the target. */
    private Path inside(String absolute) {
        return target.resolve(absolute.substring(1));
    }
}
