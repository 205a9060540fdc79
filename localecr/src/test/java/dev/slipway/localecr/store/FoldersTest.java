package dev.slipway.localecr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.RepositoryName;
import org.junit.jupiter.api.Test;

/** How things are named on the disk. */
class FoldersTest {
    @Test
    void storesAPathAsOneName() {
        assertThat(Folders.of(new RepositoryName("team/app"))).isEqualTo("team~app");
    }

    @Test
    void keepsTheLongestNamesApartWithinTheLimitOfAFileName() {
        String stem = "a".repeat(255);

        String one = Folders.of(new RepositoryName(stem + "1"));
        String two = Folders.of(new RepositoryName(stem + "2"));

        assertThat(one).isNotEqualTo(two).hasSizeLessThan(256);
    }

    @Test
    void readsItsOwnDigestNamesAndNoOthers() {
        Digest digest = Digest.of(new byte[0]);

        assertThat(Folders.digestOf(Folders.of(digest))).contains(digest);
        assertThat(Folders.digestOf("README")).isEmpty();
        assertThat(Folders.digestOf("sha256-1")).isEmpty();
    }
}
