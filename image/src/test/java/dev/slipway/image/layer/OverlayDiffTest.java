package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules are those of image-spec, layer.md (changeset), and of the overlay file system's documentation. */
class OverlayDiffTest {
    private final MemoryTree upper = new MemoryTree();
    private final MemoryTree lower = new MemoryTree();

    @Test
    void nothingChangedIsAnEmptyLayer() throws IOException {
        lower.directory("usr").file("usr/a", 3);
        assertThat(diff()).isEmpty();
    }

    @Test
    void newNodesOfEveryKindAreWrittenInTheOrderOfTheirBytes() throws IOException {
        upper.file("b", 3)
                .symlink("a", "/b")
                .directory("d")
                .special("d/disk", FileType.BLOCK_DEVICE, new Device(8, 1))
                .special("d/fifo", FileType.FIFO, Device.NONE)
                .file("Z", 0)
                .file("é", 0);
        assertThat(diff())
                .containsExactly("file Z", "link a -> /b", "file b", "dir d", "dev d/disk", "fifo d/fifo", "file é");
    }

    @Test
    void directoriesOnTheWayToAChangeAreWrittenOthersAreNot() throws IOException {
        lower.directory("a").directory("a/b").file("a/b/x", 1).directory("c").directory("c/d");
        upper.directory("a").directory("a/b").file("a/b/x", 2).directory("c").directory("c/d");
        assertThat(diff()).containsExactly("dir a", "dir a/b", "file a/b/x");
    }

    @Test
    void aDirectoryWithOtherAttributesIsWrittenByItself() throws IOException {
        lower.directory("a").directory("a/tmp", 0755);
        upper.directory("a").directory("a/tmp", 01777);
        assertThat(diff()).containsExactly("dir a", "dir a/tmp");
    }

    @Test
    void aDirectoryWithAnotherTimeIsWrittenByItself() throws IOException {
        lower.directory("a");
        upper.directory("a").modified("a", new FileTime(1000, 1));
        assertThat(diff()).containsExactly("dir a");
    }

    /** Whether they are told apart depends on how fine the times of the file system are. */
    @Test
    void timesThatAreLoweredToTheSameAreNoChange() throws IOException {
        lower.directory("a").directory("b").modified("b", FileTime.ofSeconds(400));
        upper.directory("a")
                .modified("a", new FileTime(1000, 1))
                .directory("b")
                .modified("b", FileTime.ofSeconds(1200));
        List<String> entries = new ArrayList<>();
        new OverlayDiff(entry -> entries.add(shown(entry)), FileTime.ofSeconds(500)).compare(upper, lower);
        assertThat(entries).containsExactly("dir b");
    }

    @Test
    void anAttributeOfTheOverlayIsNoChange() throws IOException {
        lower.directory("a");
        upper.directory("a").xattr("a", "trusted.overlay.origin", "x").xattr("a", "user.overlay.impure", "y");
        assertThat(diff()).isEmpty();
        upper.xattr("a", "user.mine", "z");
        assertThat(diff()).containsExactly("dir a {user.mine=z}");
    }

    @Test
    void aDeletionIsWrittenOnceWhereThereIsSomethingToDelete() throws IOException {
        lower.file("a", 1).directory("d").file("d/x", 1);
        upper.deleted("a").deleted("absent").directory("d").deleted("d/x").deleted("d/absent");
        assertThat(diff()).containsExactly("gone a", "dir d", "gone d/x");
    }

    @Test
    void aDeletionInANewDirectoryIsDropped() throws IOException {
        lower.file("d", 1);
        upper.directory("d").deleted("d/x");
        assertThat(diff()).containsExactly("dir d");
    }

    @Test
    void anotherKindOfNodeReplacesWithoutADeletion() throws IOException {
        lower.file("a", 1).directory("b").file("b/x", 1);
        upper.directory("a").file("a/y", 1).file("b", 2);
        assertThat(diff()).containsExactly("dir a", "file a/y", "file b");
    }

    @Test
    void anOpaqueDirectoryDeletesWhatItHidesNameByName() throws IOException {
        lower.directory("d")
                .file("d/a", 1)
                .file("d/b", 1)
                .directory("d/e")
                .file("d/e/x", 1)
                .file("d/e/y", 1);
        upper.directory("d")
                .opaque("d")
                .file("d/b", 2)
                .directory("d/e")
                .file("d/e/y", 2)
                .file("d/z", 1);
        assertThat(diff())
                .as("what lies deeper is hidden as well, without a mark of its own")
                .containsExactly("dir d", "gone d/a", "file d/b", "dir d/e", "gone d/e/x", "file d/e/y", "file d/z");
    }

    @Test
    void anOpaqueDirectoryOfAUserNamespaceIsOneToo() throws IOException {
        lower.directory("d").file("d/a", 1);
        upper.directory("d").xattr("d", "user.overlay.opaque", "y");
        assertThat(diff()).containsExactly("dir d", "gone d/a");
    }

    @Test
    void anOpaqueDirectoryOverNothingIsADirectory() throws IOException {
        upper.directory("d").opaque("d").file("d/a", 1);
        assertThat(diff()).containsExactly("dir d", "file d/a");
    }

    @Test
    void theFirstNameOfAFileIsTheFileTheOthersAreLinks() throws IOException {
        upper.directory("d").hardlinked("z", "d/y", "b");
        assertThat(diff()).containsExactly("file b", "dir d", "hard d/y -> b", "hard z -> b");
    }

    @Test
    void aFileWhoseOtherNamesAreElsewhereIsAFile() throws IOException {
        lower.hardlinked("a", "b");
        upper.hardlinked("a", "x").deleted("x");
        assertThat(diff()).containsExactly("file a");
    }

    @Test
    void aSocketIsLeftOutAndCountedButWhatItReplacedIsGone() throws IOException {
        lower.file("old", 1);
        upper.special("new", FileType.SOCKET, Device.NONE).special("old", FileType.SOCKET, Device.NONE);
        List<String> entries = new ArrayList<>();
        long sockets = new OverlayDiff(entry -> entries.add(shown(entry)), LayerExport.ANY_TIME).compare(upper, lower);
        assertThat(entries).containsExactly("gone old");
        assertThat(sockets).isEqualTo(2);
    }

    @Test
    void onlyCapabilitiesAndUserAttributesAreKept() throws IOException {
        upper.file("a", 1)
                .xattr("a", "security.capability", "c")
                .xattr("a", "user.u", "u")
                .xattr("a", "security.selinux", "s")
                .xattr("a", "trusted.t", "t")
                .xattr("a", "system.posix_acl_access", "p")
                .xattr("a", "user.overlay.origin", "o");
        assertThat(diff()).containsExactly("file a {security.capability=c, user.u=u}");
    }

    @Test
    void noTimeIsLaterThanTheLatest() throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        upper.file("a", 1);
        new OverlayDiff(entries::add, FileTime.ofSeconds(999)).compare(upper, lower);
        assertThat(entries)
                .singleElement()
                .isInstanceOfSatisfying(
                        LayerEntry.RegularFile.class,
                        file -> assertThat(file.attributes().modified()).isEqualTo(FileTime.ofSeconds(999)));
    }

    @Test
    void aNameThatMarksADeletionCannotBeAFile() {
        upper.file(".wh.a", 1);
        assertThatThrownBy(this::diff).isInstanceOf(BuildFailedException.class).hasMessageContaining("/.wh.a: ");
    }

    @Test
    void aDirectoryThatStandsForAnotherOneIsRefused() {
        upper.directory("d").xattr("d", "trusted.overlay.redirect", "/other");
        assertThatThrownBy(this::diff)
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("/d: ")
                .hasMessageContaining("redirect_dir=off");
    }

    private List<String> diff() throws IOException {
        List<String> entries = new ArrayList<>();
        new OverlayDiff(entry -> entries.add(shown(entry)), LayerExport.ANY_TIME).compare(upper, lower);
        return entries;
    }

    private static String shown(LayerEntry entry) {
        return switch (entry) {
            case LayerEntry.Directory directory -> "dir " + directory.path() + shown(directory.attributes());
            case LayerEntry.RegularFile file -> "file " + file.path() + shown(file.attributes());
            case LayerEntry.Symlink link -> "link " + link.path() + " -> " + link.target();
            case LayerEntry.Hardlink link -> "hard " + link.path() + " -> " + link.target();
            case LayerEntry.DeviceNode node -> "dev " + node.path();
            case LayerEntry.Fifo fifo -> "fifo " + fifo.path();
            case LayerEntry.Whiteout whiteout -> "gone " + whiteout.path();
            case LayerEntry.Opaque opaque -> "opaque " + opaque.path();
        };
    }

    private static String shown(Attributes attributes) {
        return attributes.xattrs().isEmpty() ? "" : " " + attributes.xattrs();
    }
}
