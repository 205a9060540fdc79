package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.OutgoingIndex;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.image.transfer.SourceImage;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.pull.RegistryImageSource;
import dev.slipway.registry.push.RegistryImageTarget;
import dev.slipway.registry.testing.DebianRegistry;
import dev.slipway.registry.testing.GeneratedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Push and pull against a registry that we did not write. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianRegistryIT {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final RegistryCredential USER = new RegistryCredential("builder", Secret.of("s3cret:with colon"));

    private final HttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    private final DebianRegistry open;
    private final DebianRegistry guarded;

    DebianRegistryIT(@TempDir Path directory, @TempDir Path other) throws IOException, InterruptedException {
        open = DebianRegistry.open(directory);
        guarded =
                DebianRegistry.withUser(other, USER.username(), USER.password().reveal());
    }

    @AfterAll
    void stop() {
        open.close();
        guarded.close();
        transport.close();
    }

    @Test
    void pullsWhatWasPushed() throws IOException {
        OutgoingImage image = GeneratedImage.of(1, 100_000, 0, 3_000_000, 1, 100_000);
        ImageReference name = name(open, "team/app:1");

        PushReceipt receipt = target(Keychain.ANONYMOUS).push(image, List.of(name, name.withTag("latest")));

        assertThat(receipt.digest()).isEqualTo(image.manifestDescriptor().digest());
        assertThat(receipt.uploadedBlobs()).isEqualTo(6);
        assertThat(receipt.uploadedBytes())
                .isEqualTo(3_200_001 + image.configDescriptor().size());
        for (String tag : List.of("1", "latest")) {
            assertSame(image, source(Keychain.ANONYMOUS).resolve(name.withTag(tag), AMD64));
        }
    }

    @ParameterizedTest
    @EnumSource(MediaFamily.class)
    void pushesAnIndexAfterWhatItNames(MediaFamily family) throws IOException {
        OutgoingImage image = GeneratedImage.of(20, 1000, 2000);
        OutgoingImage second = GeneratedImage.of(21, 1000, 3000);
        OutgoingIndex index = OutgoingIndex.of(
                family, List.of(on(image, AMD64), on(second, Platform.of("linux", "arm64"))), Map.of());
        ImageReference name = name(open, "team/index-" + family.name().toLowerCase(Locale.ROOT) + ":1");

        PushReceipt receipt = target(Keychain.ANONYMOUS).push(index, List.of(name, name.withTag("latest")));

        assertThat(receipt.digest()).isEqualTo(index.manifestDescriptor().digest());
        assertThat(receipt.uploadedBlobs()).isEqualTo(6);
        assertSame(image, source(Keychain.ANONYMOUS).resolve(name.withTag("latest"), AMD64));
        assertThat(source(Keychain.ANONYMOUS)
                        .resolve(name, Platform.of("linux", "arm64"))
                        .digest())
                .isEqualTo(second.manifestDescriptor().digest());
        assertThat(target(Keychain.ANONYMOUS).push(index, List.of(name)).uploadedBlobs())
                .isZero();
    }

    private static OutgoingImage on(OutgoingImage image, Platform platform) {
        Descriptor plain = image.manifestDescriptor();
        return image.withDescriptor(
                new Descriptor(plain.mediaType(), plain.digest(), plain.size(), Optional.of(platform), Map.of()));
    }

    @Test
    void pullsByDigest() throws IOException {
        OutgoingImage image = GeneratedImage.of(2, 1000);
        ImageReference name = name(open, "team/digest:1");
        target(Keychain.ANONYMOUS).push(image, List.of(name));

        Digest digest = image.manifestDescriptor().digest();
        assertSame(image, source(Keychain.ANONYMOUS).resolve(name.withDigest(digest), AMD64));
    }

    @Test
    void aSecondPushSendsNothing() {
        OutgoingImage image = GeneratedImage.of(3, 1000, 2000);
        ImageReference name = name(open, "team/again:1");
        target(Keychain.ANONYMOUS).push(image, List.of(name));

        PushReceipt receipt = target(Keychain.ANONYMOUS).push(image, List.of(name));

        assertThat(receipt.uploadedBlobs()).isZero();
        assertThat(receipt.uploadedBytes()).isZero();
        assertThat(receipt.reusedBlobs()).isEqualTo(3);
    }

    @Test
    void mountsLayersOfAnotherRepositoryOfTheRegistry() {
        OutgoingImage base = GeneratedImage.of(4, 500_000);
        ImageReference baseName = name(open, "base/os:1");
        target(Keychain.ANONYMOUS).push(base, List.of(baseName));
        List<BlobSource> layers =
                source(Keychain.ANONYMOUS).resolve(baseName, AMD64).layers();
        OutgoingImage derived = GeneratedImage.of(5, layers);

        PushReceipt receipt = target(Keychain.ANONYMOUS).push(derived, List.of(name(open, "team/derived:1")));

        assertThat(receipt.reusedBlobs()).isEqualTo(1);
        assertThat(receipt.uploadedBlobs()).isEqualTo(1); // the config
    }

    @Test
    void copiesLayersFromOneRegistryToAnother() throws IOException {
        OutgoingImage base = GeneratedImage.of(6, 2_000_000, 10);
        ImageReference baseName = name(open, "base/copied:1");
        target(Keychain.ANONYMOUS).push(base, List.of(baseName));
        OutgoingImage copy = GeneratedImage.of(
                6, source(Keychain.ANONYMOUS).resolve(baseName, AMD64).layers());

        ImageReference copyName = name(guarded, "team/copy:1");
        target(keychain()).push(copy, List.of(copyName));

        assertSame(base, source(keychain()).resolve(copyName, AMD64));
    }

    @Test
    void pushesThreeHundredLayers() throws IOException {
        int[] sizes = new int[300];
        Arrays.setAll(sizes, i -> i);
        OutgoingImage image = GeneratedImage.of(7, sizes);
        ImageReference name = name(open, "team/tall:1");

        target(Keychain.ANONYMOUS).push(image, List.of(name));

        assertSame(image, source(Keychain.ANONYMOUS).resolve(name, AMD64));
    }

    @Test
    void signsInWithUserAndPassword() throws IOException {
        OutgoingImage image = GeneratedImage.of(8, 1000);
        ImageReference name = name(guarded, "team/private:1");

        target(keychain()).push(image, List.of(name));

        assertSame(image, source(keychain()).resolve(name, AMD64));
    }

    @Test
    void refusesWithoutOrWithWrongCredentials() {
        OutgoingImage image = GeneratedImage.of(9, 1000);
        ImageReference name = name(guarded, "team/private:2");

        assertThatThrownBy(() -> target(Keychain.ANONYMOUS).push(image, List.of(name)))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining(name.repositoryName())
                .hasMessageContaining("sign in to " + guarded.host());
        Keychain wrong = target -> Optional.of(new RegistryCredential("builder", Secret.of("hunter2hunter2")));
        assertThatThrownBy(() -> target(wrong).push(image, List.of(name)))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("check user name and password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void saysThatAnImageIsNotThere() {
        assertThatThrownBy(() -> source(Keychain.ANONYMOUS).resolve(name(open, "no/such:thing"), AMD64))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(open.host() + "/no/such: read manifest thing: ")
                .hasMessageContaining("404")
                .hasMessageContaining("check the image's name and tag");
    }

    @Test
    void findsTheRepositoriesOfAMirrorBelowItsPath() throws IOException {
        OutgoingImage image = GeneratedImage.of(10, 1000);
        RegistryMap map = RegistryMap.parse(List.of("docker.io=http://" + open.host() + "/mirror/"));
        RegistryAccess access = access(map, Keychain.ANONYMOUS);

        new RegistryImageTarget(access).push(image, List.of(ImageReference.parse("busybox:1")));

        assertSame(image, new RegistryImageSource(access).resolve(ImageReference.parse("busybox:1"), AMD64));
        assertSame(image, source(Keychain.ANONYMOUS).resolve(name(open, "mirror/library/busybox:1"), AMD64));
    }

    @Test
    void uploadsAndDownloadsMoreThanFitsIntoMemory() throws IOException {
        BlobSource large = Endless.of(256L << 20);
        OutgoingImage image = GeneratedImage.of(11, List.of(large));
        ImageReference name = name(open, "team/large:1");
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(512L << 20);
        long before = usedMemory();

        target(Keychain.ANONYMOUS).push(image, List.of(name));
        BlobSource stored =
                source(Keychain.ANONYMOUS).resolve(name, AMD64).layers().getFirst();

        assertThat(digestOf(stored)).isEqualTo(large.descriptor().digest());
        assertThat(usedMemory() - before).isLessThan(16L << 20);
    }

    private static void assertSame(OutgoingImage pushed, SourceImage pulled) throws IOException {
        assertThat(pulled.digest()).isEqualTo(pushed.manifestDescriptor().digest());
        assertThat(pulled.config().platform()).isEqualTo(AMD64);
        assertThat(pulled.manifest().config().digest())
                .isEqualTo(pushed.configDescriptor().digest());
        assertThat(pulled.layers()).hasSameSizeAs(pushed.layers());
        for (int i = 0; i < pulled.layers().size(); i++) {
            Descriptor wanted = pushed.layers().get(i).descriptor();
            assertThat(pulled.layers().get(i).descriptor().digest()).isEqualTo(wanted.digest());
            assertThat(digestOf(pulled.layers().get(i))).isEqualTo(wanted.digest());
        }
    }

    private static Digest digestOf(BlobSource blob) throws IOException {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = blob.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return Digest.ofSha256(hash.digest());
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Keychain keychain() {
        return target -> Optional.of(USER);
    }

    private static ImageReference name(DebianRegistry registry, String name) {
        return ImageReference.parse(registry.host() + "/" + name);
    }

    private RegistryImageTarget target(Keychain keychain) {
        return new RegistryImageTarget(access(RegistryMap.none(), keychain));
    }

    private RegistryImageSource source(Keychain keychain) {
        return new RegistryImageSource(access(RegistryMap.none(), keychain));
    }

    private RegistryAccess access(RegistryMap map, Keychain keychain) {
        return new RegistryAccess(transport, map, keychain, Retry.of(RetryPolicy.standard()));
    }

    /** Pseudo-random content that is made while it is read. */
    private record Endless(Descriptor descriptor) implements BlobSource {
        static Endless of(long size) throws IOException {
            Digest anything = Digest.of(new byte[0]);
            Endless unnamed = new Endless(Descriptor.of(MediaType.OCI_LAYER, anything, size));
            return new Endless(Descriptor.of(MediaType.OCI_LAYER, digestOf(unnamed), size));
        }

        @Override
        public InputStream open() {
            SplittableRandom random = new SplittableRandom(1);
            return new InputStream() {
                private long left = descriptor.size();

                @Override
                public int read() {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    int count = (int) Math.min(Math.min(length, 1 << 16), left);
                    byte[] piece = new byte[count];
                    random.nextBytes(piece);
                    System.arraycopy(piece, 0, target, offset, count);
                    left -= count;
                    return count == 0 ? -1 : count;
                }
            };
        }
    }
}
