package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.HostSettings;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.engine.solve.DamagingStore.Part;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarEntry.Kind;
import dev.slipway.image.layer.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer that is not what its instruction left ends the build, whatever is wrong with it; needs root and busybox-static. */
class DamagedLayerIT {
    private static final ByteString NOTHING = ByteString.EMPTY;
    private static final FileTime TIME = FileTime.ofSeconds(1_700_000_000);
    private static final String DOCKERFILE = """
            FROM scratch
            COPY busybox /bin/busybox
            ADD first.tar /
            ADD second.tar /
            RUN ["/bin/busybox", "rm", "/below/gone"]
            """;

    @TempDir
    Path temp;

    private Path context;

    /** What a damage does to the entries of every layer that has the one it is about. */
    interface Damage extends UnaryOperator<List<Part>> {}

    @BeforeEach
    void makeTheContext() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
        Files.write(
                context.resolve("first.tar"),
                archive(
                        part(Kind.DIRECTORY, "below/", ""),
                        part(Kind.FILE, "below/gone", "g"),
                        part(Kind.FILE, "below/kept", "k")));
        Files.write(
                context.resolve("second.tar"),
                archive(
                        part(Kind.DIRECTORY, "new/", ""),
                        part(Kind.FILE, "new/file", "content"),
                        part(Kind.FILE, "new/other", "content"),
                        new Part(
                                with(entry(Kind.FILE, "new/tagged", "", 3), xattr("user.tag", "value")),
                                ByteString.of("abc")),
                        part(Kind.HARDLINK, "new/second", "new/file"),
                        part(Kind.SYMLINK, "new/link", "file"),
                        part(Kind.FIFO, "new/fifo", ""),
                        new Part(device(new Device(1, 3)), NOTHING)));
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
    }

    private static byte[] archive(Part... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (Part part : parts) {
            if (part.entry().kind() == Kind.FILE) {
                tar.add(part.entry(), new ByteArrayInputStream(part.content().toBytes()));
            } else {
                tar.add(part.entry());
            }
        }
        tar.finish();
        return out.toByteArray();
    }

    private BuildReport build(UnaryOperator<List<Part>> damage, ByteString atTheEnd, boolean verify) {
        BuildEnvironment environment = new BuildEnvironment(
                temp.resolve("home"),
                (reference, _) -> {
                    throw new AssertionError("no image is needed, not even " + reference);
                },
                (_, _) -> {
                    throw new AssertionError("nothing is pushed");
                },
                RemoteAccess.NONE,
                _ -> {},
                () -> Instant.EPOCH);
        return new DockerfileBuilder(environment, store -> new DamagingStore(store, damage, atTheEnd))
                .build(BuildRequest.of(new SourceSettings(context, context.resolve("Dockerfile"), "Dockerfile"))
                        .withHost(HostSettings.DEFAULT.withVerify(verify)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void ends(String name, String path, String how, Damage damage) {
        assertThatThrownBy(() -> build(damage, NOTHING, true))
                .as(name)
                .isInstanceOfSatisfying(
                        BuildFailedException.class,
                        e -> assertThat(ExitStatus.of(e)).isEqualTo(ExitStatus.BUILD_FAILED))
                .hasMessageStartingWith("Dockerfile:")
                .hasMessageContaining("the layer is not what the instruction left: " + path + ": ")
                .hasMessageContaining(how);
    }

    static Stream<Arguments> damages() {
        return Stream.of(presence(), attributes(), content(), form()).flatMap(damages -> damages);
    }

    private static Stream<Arguments> presence() {
        return Stream.of(
                damage("an entry dropped", "/new/tagged", "no entry, the tree has a file", drop("new/tagged")),
                damage("a directory dropped", "/new", "no entry, the tree has a directory", drop("new/")),
                damage("a deletion dropped", "/below/gone", "the layer has no deletion", drop("below/.wh.gone")),
                damage(
                        "a deletion of what is there",
                        "/below/kept",
                        "a deletion, the tree has a file",
                        after("below/.wh.gone", part(Kind.FILE, "below/.wh.kept", ""))),
                damage(
                        "a deletion of what never was",
                        "/below/never",
                        "the layers below do not have it",
                        after("below/.wh.gone", part(Kind.FILE, "below/.wh.never", ""))),
                damage(
                        "an entry too many",
                        "/new/more",
                        "kind FILE, the tree has nothing",
                        after("new/link", part(Kind.FILE, "new/more", "x"))),
                damage(
                        "an entry below a deleted name",
                        "/below/gone/x",
                        "lies below /below/gone",
                        after("below/.wh.gone", part(Kind.FILE, "below/gone/x", ""))),
                damage(
                        "an entry below a file of a lower layer",
                        "/below/kept/x",
                        "/below/kept is a file",
                        after("below/.wh.gone", part(Kind.FILE, "below/kept/x", ""))));
    }

    private static Stream<Arguments> attributes() {
        return Stream.of(
                damage(
                        "the mode",
                        "/new/file",
                        "mode 600, the tree has mode 644",
                        each("new/file", e -> with(e, 0600, e.uid(), e.gid()))),
                damage(
                        "the mode of a directory",
                        "/new",
                        "mode 700",
                        each("new/", e -> with(e, 0700, e.uid(), e.gid()))),
                damage("setuid", "/new/file", "mode 4644", each("new/file", e -> with(e, 04644, e.uid(), e.gid()))),
                damage(
                        "the owner",
                        "/new/file",
                        "owner 8, the tree has owner 7",
                        each("new/file", e -> with(e, e.mode(), 8, e.gid()))),
                damage(
                        "the group",
                        "/new/link",
                        "group 0, the tree has group 9",
                        each("new/link", e -> with(e, e.mode(), e.uid(), 0))),
                damage(
                        "the value of an attribute",
                        "/new/tagged",
                        "{user.tag=valve}, the tree has attributes {user.tag=value}",
                        each("new/tagged", e -> with(e, xattr("user.tag", "valve")))),
                damage(
                        "an attribute dropped",
                        "/new/tagged",
                        "attributes {}",
                        each("new/tagged", e -> with(e, new TreeMap<>()))),
                damage(
                        "a capability too many",
                        "/new/file",
                        "security.capability",
                        each("new/file", e -> with(e, xattr("security.capability", "x")))),
                damage("the time", "/new/file", "time 0", each("new/file", DamagedLayerIT::atEpoch)));
    }

    private static Stream<Arguments> content() {
        return Stream.of(
                damage(
                        "the target of a symlink",
                        "/new/link",
                        "a link to pile, the tree has a link to file",
                        each("new/link", e -> entry(Kind.SYMLINK, "new/link", "pile", 0))),
                damage(
                        "content of the same size",
                        "/new/other",
                        "0x43, the tree has 0x63, at offset 0",
                        replace("new/other", part(Kind.FILE, "new/other", "Content"))),
                damage(
                        "content that is shorter",
                        "/new/other",
                        "size 6, the tree has size 7",
                        replace("new/other", part(Kind.FILE, "new/other", "conten"))),
                damage(
                        "the type",
                        "/new/fifo",
                        "a file, the tree has a fifo",
                        replace("new/fifo", part(Kind.FILE, "new/fifo", ""))),
                damage(
                        "the number of a device",
                        "/new/null",
                        "device 1:5, the tree has device 1:3",
                        replace("new/null", new Part(device(new Device(1, 5)), NOTHING))));
    }

    private static Stream<Arguments> form() {
        return Stream.of(
                damage(
                        "a hard link as a copy",
                        "/new/second",
                        "a node of its own, the tree has another name of /new/file",
                        replace("new/second", part(Kind.FILE, "new/second", "content"))),
                damage(
                        "a hard link to another file",
                        "/new/second",
                        "another name of /new/other, the tree has another name of /new/file",
                        replace("new/second", part(Kind.HARDLINK, "new/second", "new/other"))),
                damage(
                        "a copy as a hard link",
                        "/new/other",
                        "another name of /new/file, the tree has a node of its own",
                        replace("new/other", part(Kind.HARDLINK, "new/other", "new/file"))),
                damage(
                        "a hard link forwards",
                        "/new/file",
                        "no earlier name",
                        replace("new/file", part(Kind.HARDLINK, "new/file", "new/second"))),
                damage(
                        "an absolute hard link",
                        "/new/second",
                        "no earlier name",
                        replace("new/second", part(Kind.HARDLINK, "new/second", "/new/file"))),
                damage(
                        "an entry twice",
                        "/new/file",
                        "it has two entries",
                        after("new/file", part(Kind.FILE, "new/file", "content"))),
                damage(
                        "a directory after what is in it",
                        "/new",
                        "no entry, the tree has a directory",
                        DamagedLayerIT::parentLast),
                damage(
                        "an absolute name",
                        "//new/fifo",
                        "not relative and clean",
                        replace("new/fifo", part(Kind.FIFO, "/new/fifo", ""))),
                damage(
                        "a name that climbs",
                        "/new/../new/fifo",
                        "not relative and clean",
                        replace("new/fifo", part(Kind.FIFO, "new/../new/fifo", ""))),
                damage(
                        "an opaque mark",
                        "/new/.wh..wh..opq",
                        "no deletion",
                        after("new/", part(Kind.FILE, "new/.wh..wh..opq", ""))),
                damage(
                        "an attribute of the overlay",
                        "/new",
                        "trusted.overlay.opaque",
                        each("new/", e -> with(e, xattr("trusted.overlay.opaque", "y")))));
    }

    @Test
    void bytesThatNoEntryHoldsEndTheBuild() {
        assertThatThrownBy(() -> build(parts -> parts, ByteString.of(new byte[512]), true))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("cannot be read back");
    }

    @Test
    void whatIsNotDamagedIsBuilt() {
        assertThat(build(parts -> parts, NOTHING, true).layers()).hasSize(4);
    }

    @Test
    void withoutTheProofNobodyNotices() {
        assertThat(build(drop("new/tagged"), NOTHING, false).layers()).hasSize(4);
    }

    private static Arguments damage(String name, String path, String how, Damage damage) {
        return Arguments.of(name, path, how, damage);
    }

    private static Damage drop(String name) {
        return parts -> parts.stream().filter(part -> !isNamed(part, name)).toList();
    }

    private static Damage after(String name, Part more) {
        return parts -> parts.stream()
                .flatMap(part -> isNamed(part, name) ? Stream.of(part, more) : Stream.of(part))
                .toList();
    }

    private static Damage replace(String name, Part other) {
        return parts ->
                parts.stream().map(part -> isNamed(part, name) ? other : part).toList();
    }

    private static Damage each(String name, UnaryOperator<TarEntry> change) {
        return parts -> parts.stream()
                .map(part -> isNamed(part, name) ? new Part(change.apply(part.entry()), part.content()) : part)
                .toList();
    }

    private static List<Part> parentLast(List<Part> parts) {
        List<Part> turned = new ArrayList<>(parts);
        parts.stream().filter(part -> isNamed(part, "new/")).forEach(part -> {
            turned.remove(part);
            turned.add(part);
        });
        return turned;
    }

    private static boolean isNamed(Part part, String name) {
        return part.entry().name().equals(ByteString.of(name));
    }

    /** Has the owner, mode and time that it gets in the tree. */
    private static Part part(Kind kind, String name, String content) {
        ByteString bytes = kind == Kind.FILE ? ByteString.of(content) : NOTHING;
        String link = kind == Kind.HARDLINK || kind == Kind.SYMLINK ? content : "";
        return new Part(entry(kind, name, link, bytes.length()), bytes);
    }

    private static TarEntry entry(Kind kind, String name, String link, long size) {
        int mode = kind == Kind.DIRECTORY ? 0755 : kind == Kind.SYMLINK ? 0777 : 0644;
        return new TarEntry(
                kind, ByteString.of(name), ByteString.of(link), mode, 7, 9, size, TIME, Device.NONE, new TreeMap<>());
    }

    private static TarEntry device(Device device) {
        TarEntry e = entry(Kind.CHARACTER_DEVICE, "new/null", "", 0);
        return new TarEntry(
                e.kind(), e.name(), e.linkName(), e.mode(), e.uid(), e.gid(), 0, e.modified(), device, e.xattrs());
    }

    private static SortedMap<ByteString, ByteString> xattr(String name, String value) {
        return new TreeMap<>(Map.of(ByteString.of(name), ByteString.of(value)));
    }

    private static TarEntry with(TarEntry e, int mode, long uid, long gid) {
        return new TarEntry(
                e.kind(), e.name(), e.linkName(), mode, uid, gid, e.size(), e.modified(), e.device(), e.xattrs());
    }

    private static TarEntry with(TarEntry e, SortedMap<ByteString, ByteString> xattrs) {
        return new TarEntry(
                e.kind(),
                e.name(),
                e.linkName(),
                e.mode(),
                e.uid(),
                e.gid(),
                e.size(),
                e.modified(),
                e.device(),
                xattrs);
    }

    private static TarEntry atEpoch(TarEntry e) {
        return new TarEntry(
                e.kind(),
                e.name(),
                e.linkName(),
                e.mode(),
                e.uid(),
                e.gid(),
                e.size(),
                FileTime.EPOCH,
                e.device(),
                e.xattrs());
    }
}
