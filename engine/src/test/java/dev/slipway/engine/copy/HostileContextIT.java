package dev.slipway.engine.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that are not what COPY hopes for: odd nodes, odd names, files that change meanwhile. Needs root. */
@Timeout(60)
class HostileContextIT {
    private static final int RACES = 10 * Integer.getInteger("slipway.cases", 1);
    private static final Attributes PLAIN = new Attributes(Optional.empty(), Optional.empty(), true);

    @TempDir
    Path temp;

    private Path context;
    private int next;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
    }

    /** As BuildKit sends it. */
    @Test
    void aSocketBecomesAnEmptyFile() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(context.resolve("s")));
            assertThat(copy().resolve("s")).isEmptyFile();
        }
    }

    /** Opening it would wait for a writer forever. */
    @Test
    void aFifoIsCopiedWithoutBeingOpened() throws IOException {
        run("mkfifo", context.resolve("pipe").toString());
        assertThat(typeOf(copy(), "pipe")).isEqualTo(FileType.FIFO);
    }

    @Test
    void aDeviceIsCopiedWithoutBeingRead() throws IOException {
        run("mknod", context.resolve("zero").toString(), "c", "1", "5");
        assertThat(typeOf(copy(), "zero")).isEqualTo(FileType.CHARACTER_DEVICE);
    }

    @Test
    void symlinksThatLeadToEachOtherAreCopied() throws IOException {
        Files.createSymbolicLink(context.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(context.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(context.resolve("self"), Path.of("."));
        assertThat(Files.readSymbolicLink(copy().resolve("a"))).hasToString("b");
    }

    @Test
    void aSymlinkThatLeadsToItselfCannotBeNamed() throws IOException {
        Files.createSymbolicLink(context.resolve("a"), Path.of("a"));
        try (SourceRoot root = SourceRoot.open(context, Selection.ALL, false)) {
            assertThatThrownBy(() -> SourcePatterns.expand(root, "a"))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("not found");
        }
    }

    @Test
    void namesInAnyBytesAreKept() throws IOException {
        oddNames();
        assertThat(names(copy())).isEqualTo(names(context)).hasSize(3);
    }

    @Test
    void namesInAnyBytesAreKeptByATar() throws IOException {
        oddNames();
        Process tar = new ProcessBuilder("tar", "-C", context.toString(), "-cf", "-", ".").start();
        byte[] archive = tar.getInputStream().readAllBytes();
        Path target = Files.createDirectory(temp.resolve("unpacked"));
        ContextArchive.begin(new ByteArrayInputStream(archive)).unpack("the tar", target);
        assertThat(names(target)).isEqualTo(names(context)).hasSize(3);
        assertThat(run("find", target.toString(), "-name", "inner")).contains("inner");
    }

    private void oddNames() throws IOException {
        run(
                "bash",
                "-c",
                "cd '" + context + "' && echo > $'new\\nline' && mkdir $'\\xff\\xfe' && echo > $'\\xff\\xfe/inner'"
                        + " && ln -s $'\\xc3(' $'\\x01'");
    }

    /** The same for root without its right to read everything, as for an ordinary user. */
    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path secret =
                Files.writeString(Files.createDirectory(context.resolve("d")).resolve("secret"), "x");
        run("chown", "-R", "1234", context.resolve("d").toString());
        run("chmod", "600", secret.toString());
        String told = copyWithoutPrivileges();
        assertThat(told).contains("cannot read '" + secret + "': permission denied", ".dockerignore");
    }

    @Test
    void aDirectoryThatCannotBeReadIsNamed() throws IOException {
        Path closed = Files.createDirectory(context.resolve("closed"));
        run("chown", "1234", closed.toString());
        run("chmod", "700", closed.toString());
        assertThat(copyWithoutPrivileges()).contains("cannot read '" + closed + "': permission denied");
    }

    /** Copies the context where nothing may be read that its mode does not allow; what it says. */
    private String copyWithoutPrivileges() throws IOException {
        return run(
                "setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Copying.class.getName(),
                context.toString(),
                Files.createDirectory(temp.resolve("target")).toString());
    }

    /** Copies in a process of its own. */
    static final class Copying {
        private Copying() {}

        public static void main(String[] paths) {
            try {
                copy(Path.of(paths[0]), Path.of(paths[1]));
            } catch (BuildFailedException e) {
                System.out.println(e.problems().getFirst());
            }
        }
    }

    /** A prefix of what it becomes is a state that it had. */
    @Test
    void aFileThatGrowsIsCopiedAsItWasOrEndsTheBuild() throws Exception {
        Path log = context.resolve("log");
        Files.write(log, new byte[4 << 20]);
        during(
                stop -> {
                    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
                        file.seek(file.length());
                        while (!stop.get()) {
                            file.write('x');
                        }
                    }
                },
                () -> race(log, copied -> {
                    byte[] end = Arrays.copyOfRange(copied, 4 << 20, copied.length);
                    assertThat(new String(end, UTF_8)).matches("x*+");
                }));
    }

    @Test
    void aFileThatShrinksIsCopiedAsItWasOrEndsTheBuild() throws Exception {
        Path file = context.resolve("file");
        Files.write(file, new byte[8 << 20]);
        during(
                stop -> {
                    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                        while (!stop.get()) {
                            cut.setLength(4 << 20);
                            cut.setLength(8 << 20);
                        }
                    }
                },
                () -> race(file, copied -> assertThat(copied.length).isIn(4 << 20, 8 << 20)));
    }

    /** Copies again and again; what is copied must be right, and what is not must be told. */
    private void race(Path file, Consumer<byte[]> right) throws IOException {
        for (int i = 0; i < RACES; i++) {
            try {
                right.accept(Files.readAllBytes(copy().resolve(file.getFileName())));
            } catch (BuildFailedException e) {
                assertThat(e).hasMessageContainingAll("'" + file + "' changes while it is copied", ".dockerignore");
            }
        }
    }

    @Test
    void whatIsWrittenToHasChanged() throws IOException {
        Path file = Files.writeString(context.resolve("file"), "a");
        try (Fd open = Nodes.openDirectory(context)) {
            ByteString name = ByteString.of("file");
            Stat before = Nodes.stat(open, name);
            assertThat(SourceNodes.isUnchanged(before, Nodes.stat(open, name))).isTrue();
            Files.writeString(file, "b");
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            assertThat(SourceNodes.isUnchanged(before, Nodes.stat(open, name))).isFalse();
        }
    }

    /** Each copy has all of one state: a file's old content or its new one, never a part of both. */
    @Test
    void aFileThatIsReplacedIsCopiedAsOneOfTheTwo() throws Exception {
        Path file = Files.write(context.resolve("file"), filled('a'));
        Path other = temp.resolve("other");
        during(
                stop -> {
                    for (char c = 'b'; !stop.get(); c = c == 'z' ? 'a' : (char) (c + 1)) {
                        Files.write(other, filled(c));
                        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
                    }
                },
                () -> race(file, copied -> assertThat(copied).isEqualTo(filled((char) copied[0]))));
    }

    /** What a context does not hold must not get into an image, whoever swaps names meanwhile. */
    @Test
    void aDirectoryThatASymlinkReplacesMeanwhileIsNotFollowed() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("file"), "HOST FILE WAS COPIED! THIS IS A PATH ESCAPE!");
        Path directory = Files.createDirectory(context.resolve("d"));
        Files.writeString(directory.resolve("file"), "mine");
        Path aside = context.resolve("aside");
        Path link = Files.createSymbolicLink(temp.resolve("link"), outside);
        during(
                stop -> {
                    while (!stop.get()) {
                        Files.move(directory, aside);
                        Files.move(link, directory);
                        Files.move(directory, link);
                        Files.move(aside, directory);
                    }
                },
                () -> {
                    for (int i = 0; i < RACES; i++) {
                        try {
                            Path copied = copy();
                            for (String place : List.of("d", "aside")) {
                                if (Files.isDirectory(copied.resolve(place), LinkOption.NOFOLLOW_LINKS)) {
                                    assertThat(copied.resolve(place).resolve("file"))
                                            .satisfiesAnyOf(
                                                    path -> assertThat(path).doesNotExist(),
                                                    path -> assertThat(path).hasContent("mine"));
                                }
                            }
                        } catch (BuildFailedException e) {
                            assertThat(e).hasMessageContaining("changes while it is copied");
                        }
                    }
                });
    }

    private static byte[] filled(char content) {
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) content);
        return bytes;
    }

    /** What goes on beside. */
    private interface Beside {
        void run(AtomicBoolean stop) throws IOException;
    }

    /** What is tested. */
    private interface Tested {
        void run() throws IOException;
    }

    private static void during(Beside beside, Tested tested) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Throwable> failed = new ArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                beside.run(stop);
            } catch (IOException e) {
                failed.add(e);
            }
        });
        try {
            Thread.sleep(20);
            tested.run();
        } finally {
            stop.set(true);
            thread.join();
        }
        assertThat(failed).isEmpty();
    }

    private Path copy() throws IOException {
        Path target = temp.resolve("copy" + next++);
        if (next > 1) {
            TreeRemoval.remove(temp.resolve("copy" + (next - 2)));
        }
        copy(context, Files.createDirectory(target));
        return target;
    }

    private static void copy(Path from, Path to) {
        try (TreeCopy copy = new TreeCopy(PLAIN, true);
                Fd source = Nodes.openDirectory(from);
                Fd target = Nodes.openDirectory(to)) {
            copy.contents(source, Selection.ALL, target);
        }
    }

    private static List<ByteString> names(Path directory) {
        try (Fd open = Nodes.openDirectory(directory)) {
            return DirectoryListing.of(open);
        }
    }

    private static FileType typeOf(Path directory, String name) {
        try (Fd open = Nodes.openDirectory(directory)) {
            Stat stat = Nodes.stat(open, ByteString.of(name));
            return stat.type();
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), UTF_8);
        }
    }
}
