package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Processes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules are those of image-spec, layer.md, put into the form of the overlay file system. */
class LayerApplierIT {
    private static final String CAPABILITY = "\001\0\0\002\0\040\0\0\0\0\0\0\0\0\0\0\300\377\0\0";

    @TempDir
    Path directory;

    private int layers;

    @BeforeEach
    void requireRoot() {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
    }

    @Test
    void everyKindOfNodeIsUnpackedWithItsAttributes() throws IOException {
        Path layer = apply(new LayerBuilder()
                .owned(3_000_000, 02750)
                .directory("d")
                .xattr("security.capability", CAPABILITY)
                .xattr("user.u", "\377")
                .owned(1000, 06755)
                .file("d/f", "content")
                .symlink("d/s", "/anywhere")
                .device("d/disk", 259, 70_000)
                .fifo("d/p")
                .hardlink("l", "d/f"));
        Stat d = stat(layer, "d");
        assertThat(d.mode()).isEqualTo(02750);
        assertThat(d.uid()).isEqualTo(3_000_000);
        assertThat(d.modified()).as("set after its children").isEqualTo(LayerBuilder.TIME);
        Stat f = stat(layer, "d/f");
        assertThat(f.mode()).as("setuid outlives the change of owner").isEqualTo(06755);
        assertThat(f.uid()).isEqualTo(1000);
        assertThat(f.links()).isEqualTo(2);
        assertThat(f.modified()).isEqualTo(LayerBuilder.TIME);
        assertThat(xattr(layer, "d/f", "security.capability"))
                .as("capabilities outlive the change of owner")
                .isEqualTo(CAPABILITY.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(xattr(layer, "l", "user.u")).isEqualTo(new byte[] {(byte) 0xff});
        assertThat(stat(layer, "d/s").modified()).isEqualTo(LayerBuilder.TIME);
        assertThat(stat(layer, "d/disk").device()).isEqualTo(new Device(259, 70_000));
        assertThat(stat(layer, "d/disk").mode()).isEqualTo(0660);
        assertThat(stat(layer, "d/p").type()).isEqualTo(FileType.FIFO);
    }

    @Test
    void aDeletionBecomesTheOverlaysMark() throws IOException {
        Path layer = apply(new LayerBuilder().directory("d").file("d/.wh.x", ""));
        assertThat(stat(layer, "d/x").isWhiteout()).isTrue();
        assertThat(layer.resolve("d/.wh.x")).doesNotExist();
    }

    @Test
    void anOpaqueMarkHidesLowerLayersOnlyWhereverItStands() throws IOException {
        Path layer = apply(new LayerBuilder()
                .directory("d")
                .file("d/early", "")
                .file("d/.wh..wh..opq", "")
                .file("d/late", ""));
        assertThat(isOpaque(layer, "d")).isTrue();
        assertThat(layer.resolve("d/early")).exists();
        assertThat(layer.resolve("d/late")).exists();
        assertThat(stat(layer, "d").modified()).isEqualTo(LayerBuilder.TIME);
    }

    @Test
    void aDeletionHidesWhatIsBelowNotWhatIsInTheSameLayer() throws IOException {
        Path after = apply(new LayerBuilder()
                .directory("d")
                .file("d/x", "")
                .file("f", "")
                .file(".wh.d", "")
                .file(".wh.f", ""));
        assertThat(isOpaque(after, "d")).isTrue();
        assertThat(after.resolve("d/x")).exists();
        assertThat(after.resolve("f")).isRegularFile();
        Path before = apply(new LayerBuilder()
                .file(".wh.d", "")
                .file(".wh.f", "")
                .directory("d")
                .file("d/x", "")
                .file("f", ""));
        assertThat(isOpaque(before, "d")).isTrue();
        assertThat(before.resolve("d/x")).exists();
        assertThat(before.resolve("f")).isRegularFile();
    }

    @Test
    void aDirectoryThatIsOnlyPassedThroughAfterItsDeletionIsNew() throws IOException {
        Path lower = apply(new LayerBuilder().owned(5, 0700).directory("d").file("d/old", ""));
        Path layer = apply(new LayerBuilder().file(".wh.d", "").file("d/new", ""), lower);
        assertThat(isOpaque(layer, "d")).isTrue();
        assertThat(stat(layer, "d").uid()).isZero();
        assertThat(stat(layer, "d").mode()).isEqualTo(0755);
    }

    @Test
    void theLastEntryOfANameCounts() throws IOException {
        Path layer = apply(new LayerBuilder()
                .file("a", "one")
                .file("a", "two")
                .directory("d")
                .file("d/x", "")
                .file("d", "now a file")
                .symlink("s", "a")
                .file("s", "no link"));
        assertThat(layer.resolve("a")).hasContent("two");
        assertThat(layer.resolve("d")).hasContent("now a file");
        assertThat(Files.isSymbolicLink(layer.resolve("s"))).isFalse();
    }

    @Test
    void aDirectoryInPlaceOfAFileOfTheSameLayerIsOpaque() throws IOException {
        assertThat(isOpaque(apply(new LayerBuilder().file("d", "").directory("d")), "d"))
                .as("the file has hidden what lies below")
                .isTrue();
    }

    @Test
    void aDirectoryAgainChangesItsAttributesAndKeepsItsContent() throws IOException {
        Path layer = apply(
                new LayerBuilder().directory("d").file("d/x", "").owned(7, 0700).directory("d"));
        assertThat(layer.resolve("d/x")).exists();
        assertThat(stat(layer, "d").mode()).isEqualTo(0700);
        assertThat(isOpaque(layer, "d")).isFalse();
    }

    @Test
    void aSymlinkOfTheSameLayerIsFollowedAsInTheImage() throws IOException {
        Path layer = apply(new LayerBuilder()
                .directory("usr")
                .directory("usr/lib")
                .symlink("lib", "usr/lib")
                .symlink("abs", "/usr/lib")
                .symlink("later", "/made/later")
                .file("lib/a", "")
                .file("abs/b", "")
                .directory("abs/dir")
                .hardlink("lib/c", "abs/a")
                .file("later/d", ""));
        assertThat(layer.resolve("usr/lib/a")).exists();
        assertThat(layer.resolve("usr/lib/b")).exists();
        assertThat(layer.resolve("usr/lib/dir")).isDirectory();
        assertThat(stat(layer, "usr/lib/c").inode())
                .isEqualTo(stat(layer, "usr/lib/a").inode());
        assertThat(layer.resolve("made/later/d")).exists();
        assertThat(stat(layer, "usr/lib").modified()).isEqualTo(LayerBuilder.TIME);
    }

    @Test
    void directoriesThatHaveNoEntryAreRootsAndTakeWhatLiesBelow() throws IOException {
        Path lower = apply(new LayerBuilder()
                .owned(0, 0700)
                .directory("./")
                .owned(0, 01777)
                .xattr("user.u", "u")
                .directory("tmp")
                .file("tmp/x", ""));
        LayerBuilder builder = new LayerBuilder().file("tmp/y", "").file("new/z", "");
        Path target = newDirectory();
        AppliedLayer applied = LayerApplier.USUAL.apply(builder.open(), target);
        assertThat(applied.inheritedDirectories())
                .containsExactly(ByteString.EMPTY, ByteString.of("new"), ByteString.of("tmp"));
        assertThat(applied.isIndependent()).isFalse();
        assertThat(stat(target, "tmp").mode()).isEqualTo(0755);
        assertThat(stat(target, "tmp").modified()).isEqualTo(FileTime.EPOCH);

        LayerApplier.USUAL.complete(applied, target, List.of(lower));
        assertThat(stat(target, "tmp").mode()).isEqualTo(01777);
        assertThat(stat(target, "tmp").modified()).isEqualTo(LayerBuilder.TIME);
        assertThat(xattr(target, "tmp", "user.u")).isEqualTo(new byte[] {'u'});
        assertThat(stat(target, "new").mode()).isEqualTo(0755);
        assertThat(stat(target, ".").mode()).isEqualTo(0700);
    }

    @Test
    void aHardLinkToALowerFileBringsTheFileIntoTheLayer() throws IOException {
        Path bottom = apply(new LayerBuilder()
                .owned(9, 0711)
                .directory("bin")
                .xattr("security.capability", CAPABILITY)
                .owned(1000, 04755)
                .file("bin/tool", "tool"));
        Path middle = apply(new LayerBuilder().directory("other"), bottom);
        Path target = newDirectory();
        LayerBuilder builder =
                new LayerBuilder().directory("x").hardlink("x/one", "bin/tool").hardlink("x/two", "x/one");
        AppliedLayer applied = LayerApplier.USUAL.apply(builder.open(), target);
        assertThat(applied.isIndependent()).isFalse();
        assertThat(target.resolve("x/one")).doesNotExist();

        LayerApplier.USUAL.complete(applied, target, List.of(middle, bottom));
        Stat one = stat(target, "x/one");
        assertThat(one.mode()).isEqualTo(04755);
        assertThat(one.uid()).isEqualTo(1000);
        assertThat(one.links()).as("both links and the file itself").isEqualTo(3);
        assertThat(xattr(target, "x/two", "security.capability")).hasSize(20);
        assertThat(target.resolve("bin/tool")).hasContent("tool");
        assertThat(stat(target, "bin").mode()).isEqualTo(0711);
        assertThat(stat(target, "bin").modified()).isEqualTo(LayerBuilder.TIME);
        assertThat(stat(target, "x").modified()).isEqualTo(LayerBuilder.TIME);
    }

    @Test
    void aLinkThatALaterEntryReplacesIsNotMissed() throws IOException {
        Path layer = apply(new LayerBuilder().hardlink("l", "absent").file("l", "file"));
        assertThat(layer.resolve("l")).hasContent("file");
    }

    @Test
    void aHardLinkToADirectoryOrToWhatIsDeletedIsRefused() throws IOException {
        Path lower = apply(new LayerBuilder().directory("d").file("gone", ""));
        assertThatThrownBy(() -> apply(new LayerBuilder().hardlink("l", "d"), lower))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> apply(new LayerBuilder().file(".wh.gone", "").hardlink("l", "gone"), lower))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("deleted in the same layer");
        Path above = apply(new LayerBuilder().file(".wh.gone", ""), lower);
        assertThatThrownBy(() -> apply(new LayerBuilder().hardlink("l", "gone"), above, lower))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void anOpaqueRootHidesEveryNameBelow() throws IOException {
        Path lower = apply(new LayerBuilder().directory("d").file("d/x", "").file("f", ""));
        Path layer = apply(new LayerBuilder().directory("d").file("d/y", "").file(".wh..wh..opq", ""), lower);
        assertThat(stat(layer, "f").isWhiteout()).isTrue();
        assertThat(isOpaque(layer, "d")).isTrue();
    }

    @Test
    void aPlainLayerIsIndependent() throws IOException {
        AppliedLayer applied = LayerApplier.USUAL.apply(
                new LayerBuilder()
                        .directory("d")
                        .file("d/x", "")
                        .file("d/.wh.y", "")
                        .open(),
                newDirectory());
        assertThat(applied.isIndependent()).isTrue();
        assertThat(applied.summary()).isEqualTo(new LayerSummary(3, 1, 1, 0, 0));
    }

    @Test
    void theSameLayerGivesTheSameTreeTimesIncluded() throws IOException {
        byte[] layer = new LayerBuilder().file("a/b/c", "x").symlink("a/s", "b").toBytes();
        Path one = newDirectory();
        Path two = newDirectory();
        LayerApplier.USUAL.apply(new ByteArrayInputStream(layer), one);
        LayerApplier.USUAL.apply(new ByteArrayInputStream(layer), two);
        assertThat(TreeDump.of(one)).isEqualTo(TreeDump.of(two));
        assertThat(stat(one, ".").modified()).isEqualTo(FileTime.EPOCH);
    }

    @Test
    void inAUserNamespaceTheMarksAreUserAttributes() throws IOException {
        Path target = newDirectory();
        new LayerApplier(OverlayMarks.USER, Long.MAX_VALUE)
                .apply(
                        new LayerBuilder()
                                .directory("d")
                                .file("d/.wh..wh..opq", "")
                                .open(),
                        target);
        assertThat(xattr(target, "d", "user.overlay.opaque")).isEqualTo(new byte[] {'y'});
    }

    private Path apply(LayerBuilder layer, Path... lowersTopFirst) throws IOException {
        Path target = newDirectory();
        LayerApplier.USUAL.apply(layer.open(), target, List.of(lowersTopFirst));
        return target;
    }

    private Path newDirectory() throws IOException {
        return Files.createDirectory(directory.resolve("layer" + layers++));
    }

    private static Stat stat(Path layer, String path) {
        return Nodes.stat(Fd.CWD, ByteString.of(layer.resolve(path)));
    }

    private static byte[] xattr(Path layer, String path, String name) {
        return Xattrs.get(Fd.CWD, ByteString.of(layer.resolve(path)), ByteString.of(name))
                .orElse(new byte[0]);
    }

    private static boolean isOpaque(Path layer, String path) {
        return xattr(layer, path, "trusted.overlay.opaque").length > 0;
    }
}
