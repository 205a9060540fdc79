package dev.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentStoreIT {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCI_LAYER, CONTENT);

    @TempDir
    Path home;

    private FileContentStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = FileContentStore.open(home);
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("tmp"))) {
            return files.toList();
        }
    }

    @Test
    void keepsWhatIsPutUnderItsDigest() throws IOException {
        store.put(BLOB, new ByteArrayInputStream(CONTENT));
        assertThat(store.contains(BLOB.digest())).isTrue();
        assertThat(store.size(BLOB.digest())).isEqualTo(7);
        assertThat(store.list()).containsExactly(BLOB.digest());
        assertThat(home.resolve("blobs/sha256").resolve(BLOB.digest().hex())).hasBinaryContent(CONTENT);
        try (InputStream in = store.open(BLOB.digest())) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void keepsSha512Too() throws IOException {
        Digest digest = Digest.parse("sha512:"
                // FIPS 180-4, examples: SHA-512 of "abc"
                + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
        store.put(Descriptor.of(MediaType.OCI_LAYER, digest, 3), new ByteArrayInputStream("abc".getBytes(UTF_8)));
        assertThat(store.verify(digest)).isTrue();
    }

    @Test
    void doesNotReadWhatItHas() throws IOException {
        store.put(BLOB, new ByteArrayInputStream(CONTENT));
        ByteArrayInputStream again = new ByteArrayInputStream(CONTENT);
        store.put(BLOB, again);
        assertThat(again.available()).isEqualTo(7);
    }

    @Test
    void keepsNothingThatIsNotWhatItShouldBe() throws IOException {
        assertThatThrownBy(() -> store.put(BLOB, new ByteArrayInputStream("CONTENT".getBytes(UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("should be " + BLOB.digest());
        assertThatThrownBy(() -> store.put(BLOB, new ByteArrayInputStream("cont".getBytes(UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of 4");
        assertThatThrownBy(() -> store.put(BLOB, new ByteArrayInputStream("content!".getBytes(UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than the 7 bytes");
        assertThat(store.list()).isEmpty();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void refusesADescriptorOfAnotherSizeForWhatItHas() throws IOException {
        store.put(BLOB, new ByteArrayInputStream(CONTENT));
        Descriptor wrong = Descriptor.of(MediaType.OCI_LAYER, BLOB.digest(), 8);
        assertThatThrownBy(() -> store.put(wrong, InputStream.nullInputStream()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 7 bytes, not the 8");
    }

    @Test
    void keepsNothingOfAStreamThatBreaks() throws IOException {
        InputStream breaking = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> store.put(BLOB, breaking)).hasMessage("connection reset");
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void describesWhatIsWritten() throws IOException {
        try (ContentStore.Writer writer = store.write()) {
            writer.out().write(CONTENT);
            assertThat(writer.commit(MediaType.OCI_LAYER)).isEqualTo(BLOB);
            assertThatThrownBy(() -> writer.commit(MediaType.OCI_LAYER)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store.contains(BLOB.digest())).isTrue();
    }

    @Test
    void discardsWhatIsNotCommitted() throws IOException {
        try (ContentStore.Writer writer = store.write()) {
            writer.out().write(CONTENT);
            assertThat(unfinished()).hasSize(1);
        }
        assertThat(unfinished()).isEmpty();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void verifyFindsWhatHasChangedOnTheDisk() throws IOException {
        store.put(BLOB, new ByteArrayInputStream(CONTENT));
        assertThat(store.verify(BLOB.digest())).isTrue();
        Files.writeString(store.path(BLOB.digest()), "CONTENT");
        assertThat(store.verify(BLOB.digest())).isFalse();
        store.remove(BLOB.digest());
        store.remove(BLOB.digest());
        assertThatThrownBy(() -> store.open(BLOB.digest())).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void listsOnlyBlobs() throws IOException {
        Files.createDirectories(home.resolve("blobs/sha256"));
        Files.writeString(home.resolve("blobs/sha256/README"), "");
        Files.writeString(home.resolve("blobs/.DS_Store"), "");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void removesWhatTheDeadLeftAndNothingOfTheLiving() throws IOException {
        Files.writeString(home.resolve("tmp/of-a-dead-process"), "half");
        try (ContentStore.Writer writer = store.write()) {
            writer.out().write(CONTENT);
            FileContentStore.open(home).removeStale();
            assertThat(home.resolve("tmp/of-a-dead-process")).doesNotExist();
            assertThat(writer.commit(MediaType.OCI_LAYER)).isEqualTo(BLOB);
        }
    }

    /** A second process cleans up while this one writes; then this one is cleaned up after when it is killed. */
    @Test
    void otherProcessesKnowTheLivingFromTheDead() throws Exception {
        try (ContentStore.Writer writer = store.write()) {
            writer.out().write(CONTENT);
            FileContentStore.open(home); // must not lose the lock
            Process cleaner = ChildProcess.start(ChildProcess.Cleaner.class, home);
            assertThat(cleaner.waitFor()).isZero();
            assertThat(unfinished()).hasSize(1);
            writer.commit(MediaType.OCI_LAYER);
        }
        Process killed = ChildProcess.start(ChildProcess.HangingWriter.class, home);
        ChildProcess.awaitReady(killed);
        store.removeStale();
        assertThat(unfinished()).hasSize(1);
        killed.destroyForcibly().waitFor();
        store.removeStale();
        assertThat(unfinished()).isEmpty();
        assertThat(store.list()).containsExactly(BLOB.digest());
    }

    @Test
    void manyWritersOfOneBlobInThreadsAndProcesses() throws Exception {
        byte[] large = new byte[2_000_000];
        Descriptor descriptor = Descriptor.of(MediaType.OCI_LAYER, large);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(ChildProcess.start(ChildProcess.Putter.class, home));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> putting = () -> {
                FileContentStore.open(home).put(descriptor, new ByteArrayInputStream(large));
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(20, putting))) {
                assertThat(done.get()).isTrue();
            }
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(store.verify(descriptor.digest())).isTrue();
        assertThat(unfinished()).isEmpty();
    }
}
