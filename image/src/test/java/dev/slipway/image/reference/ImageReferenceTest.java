package dev.slipway.image.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Digest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distribution-spec 1.1, names and tags; names without a host are normalised as Docker does. */
class ImageReferenceTest {
    private static final String HEX = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String DIGEST = "sha256:" + HEX;

    @ParameterizedTest
    @CsvSource({
        "busybox,                          docker.io/library/busybox:latest",
        "busybox:1.36,                     docker.io/library/busybox:1.36",
        "user/app,                         docker.io/user/app:latest",
        "docker.io/busybox,                docker.io/library/busybox:latest",
        "index.docker.io/user/app:1,       docker.io/user/app:1",
        "registry-1.docker.io/busybox,     docker.io/library/busybox:latest",
        "localhost/app,                    localhost/app:latest",
        "localhost,                        docker.io/library/localhost:latest",
        "localhost:5000/app,               localhost:5000/app:latest",
        "host:5000,                        docker.io/library/host:5000",
        "host:5000/a/b/c:tag,              host:5000/a/b/c:tag",
        "reg.example.com/app,              reg.example.com/app:latest",
        "[::1]:5000/app:1,                 [::1]:5000/app:1",
        "[fe80::1]/app,                    [fe80::1]/app:latest",
        "public.ecr.aws/docker/library/alpine:3, public.ecr.aws/docker/library/alpine:3",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1.0-rc_1,"
                + "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1.0-rc_1",
        "a/b__c-d---e.f,                   docker.io/a/b__c-d---e.f:latest"
    })
    void isNormalised(String written, String normal) {
        assertThat(ImageReference.parse(written)).hasToString(normal);
        assertThat(ImageReference.parse(normal)).isEqualTo(ImageReference.parse(written));
    }

    @Test
    void withDigestNeedsNoTag() {
        ImageReference reference = ImageReference.parse("user/app@" + DIGEST);
        assertThat(reference.tag()).isEmpty();
        assertThat(reference.manifestKey()).isEqualTo(DIGEST);
        assertThat(reference).hasToString("docker.io/user/app@" + DIGEST);
    }

    @Test
    void withTagAndDigestIsFoundByItsDigest() {
        ImageReference reference = ImageReference.parse("localhost:5000/app:1@" + DIGEST);
        assertThat(reference.tag()).contains("1");
        assertThat(reference.digest()).contains(Digest.parse(DIGEST));
        assertThat(reference.manifestKey()).isEqualTo(DIGEST);
        assertThat(reference.withTag("2")).hasToString("localhost:5000/app:2");
    }

    @Test
    void namesItsRepository() {
        ImageReference reference = ImageReference.parse("localhost:5000/a/b:1");
        assertThat(reference.registry()).isEqualTo("localhost:5000");
        assertThat(reference.repository()).isEqualTo("a/b");
        assertThat(reference.repositoryName()).isEqualTo("localhost:5000/a/b");
        assertThat(reference.manifestKey()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                  | not empty",
                "' '                 | not empty",
                "MyOrg/app           | must be lower case",
                "App                 | must be lower case",
                "a//b                | not a repository name",
                "/a                  | not a repository name",
                "a/                  | not a repository name",
                "a..b                | not a repository name",
                "a/../b              | not a repository name",
                "a___b               | not a repository name",
                "-a                  | not a repository name",
                "app:                | not a tag",
                "app:.1              | not a tag",
                "app:-1              | not a tag",
                "app:a b             | not a tag",
                "https://host/app    | not a registry host",
                "host:99999/app      | not a registry host",
                "host:0/app          | not a registry host",
                "host.:1/app         | not a registry host",
                "-host.x/app         | not a registry host",
                "app@sha256:12       | not a digest",
                "app@                | not a digest",
                "localhost:5000/     | not a repository name"
            })
    void saysWhichPartIsWrong(String text, String reason) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    /** Docker keeps such names for ids. */
    @ParameterizedTest
    @ValueSource(strings = {HEX, HEX + ":latest"})
    void isNoImageId(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image id");
        assertThat(ImageReference.parse("a/" + HEX).repository()).isEqualTo("a/" + HEX);
    }

    @Test
    void tagHasAtMost128Characters() {
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).contains("t".repeat(128));
        assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longNamesAreRefusedWithoutMatchingThem() {
        assertThatThrownBy(() -> ImageReference.parse("a-".repeat(1_000_000) + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than 255");
        assertThatThrownBy(() -> ImageReference.parse("a.".repeat(1_000_000) + "a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than 253");
    }

    @Test
    void needsATagOrADigest() {
        assertThatThrownBy(() -> new ImageReference("docker.io", "a", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tag or a digest");
    }
}
