package dev.slipway.image.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarEntry.Kind;
import dev.slipway.image.layer.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a layer must say of two trees, on plain directories: written by hand, as no writer of ours is asked. */
class LayerProofIT {
    private static final FileTime ANY_TIME = FileTime.ofSeconds(Long.MAX_VALUE);

    @TempDir
    Path temp;

    private Path before;
    private Path after;
    private Path written;
    private long owner;
    private long group;

    @BeforeEach
    void makeTheTrees() throws IOException {
        before = Files.createDirectory(temp.resolve("before"));
        after = Files.createDirectory(temp.resolve("after"));
        written = Files.createDirectory(temp.resolve("written"));
        owner = ((Number) Files.getAttribute(temp, "unix:uid")).longValue();
        group = ((Number) Files.getAttribute(temp, "unix:gid")).longValue();
    }

    @Test
    void aLayerThatSaysNothingProvesThatNothingChanged() throws IOException {
        file(before, "a/same", "s");
        file(after, "a/same", "s");

        prove();
    }

    @Test
    void aNewFileIsWhatTheLayerSays() throws IOException {
        file(after, "f", "content");
        file(written, "f", "content");

        prove(entry(Kind.FILE, "f", "content"));
    }

    @Test
    void aFileThatTheLayerForgetsIsNamed() throws IOException {
        file(after, "d/f", "content");
        file(written, "d/f", "content");

        assertThatThrownBy(() -> prove(entry(Kind.DIRECTORY, "d/", "")))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("/d/f: the layer has no entry, the tree has a file");
    }

    @Test
    void aNameThatIsGoneNeedsADeletion() throws IOException {
        file(before, "f", "content");

        prove(entry(Kind.FILE, ".wh.f", ""));
        assertThatThrownBy(this::prove).hasMessageContaining("/f: the layer has no deletion, the tree has nothing");
    }

    /** A new directory in place of an old one shows nothing of it: the layer has to delete what was in there. */
    @Test
    void aDirectoryThatWasReplacedNeedsADeletionForEachOfItsNames() throws IOException {
        file(before, "d/old", "o");
        file(after, "d/new", "n");
        file(written, "d/new", "n");

        prove(entry(Kind.DIRECTORY, "d/", ""), entry(Kind.FILE, "d/new", "n"), entry(Kind.FILE, "d/.wh.old", ""));
        assertThatThrownBy(() -> prove(entry(Kind.DIRECTORY, "d/", ""), entry(Kind.FILE, "d/new", "n")))
                .hasMessageContaining("/d/old: the layer has no deletion");
    }

    @Test
    void aDirectoryThatBecameAFileNeedsNoDeletions() throws IOException {
        file(before, "d/old", "o");
        file(after, "d", "now a file");
        file(written, "d", "now a file");

        prove(entry(Kind.FILE, "d", "now a file"));
    }

    @Test
    void aNameThatTheTreeGotByAnotherWayThanTheWrittenDirectoryIsNamed() throws IOException {
        file(after, "f", "content");

        assertThatThrownBy(this::prove).hasMessageContaining("/f: the layer has no entry");
    }

    @Test
    void contentIsComparedToTheLastByte() throws IOException {
        String long1 = "x".repeat(200_000) + "a";
        String long2 = "x".repeat(200_000) + "b";
        file(after, "f", long1);
        file(written, "f", long1);

        prove(entry(Kind.FILE, "f", long1));
        assertThatThrownBy(() -> prove(entry(Kind.FILE, "f", long2)))
                .hasMessageContaining("/f: the layer has content with 0x62, the tree has 0x61, at offset 200000");
    }

    /** An archive that ends in the middle of an entry is as wrong as one with other entries. */
    @Test
    void anArchiveThatIsCutOffIsRefused() throws IOException {
        file(after, "f", "content");
        file(written, "f", "content");
        byte[] tar = archive(entry(Kind.FILE, "f", "content"));

        assertThatThrownBy(
                        () -> LayerProof.prove(new ByteArrayInputStream(tar, 0, 515), written, before, after, ANY_TIME))
                .isInstanceOf(BuildFailedException.class);
    }

    /** What is not near a change is not looked at: the cost is that of the change, however large the rest is. */
    @Test
    void theCostDoesNotGrowWithTheTree() throws IOException {
        for (Path tree : new Path[] {before, after}) {
            file(tree, "changed/other", "o");
        }
        file(after, "changed/f", "f");
        file(written, "changed/f", "f");
        Part[] layer = {entry(Kind.DIRECTORY, "changed/", ""), entry(Kind.FILE, "changed/f", "f")};
        fill(5);
        long small = prove(layer);
        fill(500);

        assertThat(prove(layer)).isEqualTo(small).isEqualTo(2); // the file and its parent
    }

    private void fill(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            file(before, "large/" + i % 10 + "/" + i, "l");
            file(after, "large/" + i % 10 + "/" + i, "l");
        }
    }

    /** With a latest time, a directory of which only a later time has changed has no entry: it would say the same. */
    @Test
    void timesAfterTheLatestAreOneAndTheSame() throws IOException {
        for (Path tree : new Path[] {before, after, written}) {
            Files.createDirectory(tree.resolve("touched"));
        }
        settle();
        for (Path tree : new Path[] {after, written}) {
            Files.setLastModifiedTime(tree.resolve("touched"), java.nio.file.attribute.FileTime.fromMillis(2_000_000));
        }
        byte[] nothing = archive();

        assertThat(LayerProof.prove(new ByteArrayInputStream(nothing), written, before, after, FileTime.ofSeconds(500)))
                .isPositive();
        assertThatThrownBy(() -> LayerProof.prove(new ByteArrayInputStream(nothing), written, before, after, ANY_TIME))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("/touched");
    }

    private record Part(TarEntry entry, String content) {}

    private long prove(Part... layer) throws IOException {
        settle();
        return LayerProof.prove(new ByteArrayInputStream(archive(layer)), written, before, after, ANY_TIME);
    }

    /** Modes and times that entries of {@link #entry} say, whatever the umask. */
    private void settle() throws IOException {
        for (Path tree : new Path[] {before, after, written}) {
            try (Stream<Path> all = Files.walk(tree)) {
                all.sorted(Comparator.reverseOrder()).forEach(LayerProofIT::settle);
            }
        }
    }

    private static void settle(Path path) {
        try {
            Files.setAttribute(path, "unix:mode", Files.isDirectory(path) ? 040755 : 0100644);
            Files.setLastModifiedTime(path, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void file(Path tree, String path, String content) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Part entry(Kind kind, String name, String content) {
        TarEntry entry = new TarEntry(
                kind,
                ByteString.of(name),
                ByteString.EMPTY,
                kind == Kind.DIRECTORY ? 0755 : 0644,
                owner,
                group,
                content.getBytes(StandardCharsets.UTF_8).length,
                FileTime.ofSeconds(1000),
                Device.NONE,
                new TreeMap<>());
        return new Part(entry, content);
    }

    private static byte[] archive(Part... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (Part part : parts) {
            tar.add(part.entry(), new ByteArrayInputStream(part.content().getBytes(StandardCharsets.UTF_8)));
        }
        tar.finish();
        return out.toByteArray();
    }
}
