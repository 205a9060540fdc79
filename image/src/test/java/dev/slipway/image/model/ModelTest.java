package dev.slipway.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);

    @Test
    void descriptorHasNoNegativeSize() {
        assertThatThrownBy(() -> Descriptor.of(MediaType.OCI_LAYER, DIGEST, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size is -1");
    }

    @Test
    void descriptorOfBytesNamesThem() {
        assertThat(Descriptor.of(MediaType.OCI_CONFIG, new byte[0]))
                .isEqualTo(Descriptor.of(MediaType.OCI_CONFIG, DIGEST, 0));
    }

    @Test
    void recordsKeepWhatTheyWereGivenWhateverHappensToTheOriginal() {
        List<Descriptor> layers = new ArrayList<>();
        Map<String, String> annotations = new LinkedHashMap<>(Map.of("a", "b"));
        Manifest manifest = new Manifest(
                MediaType.OCI_MANIFEST, Descriptor.of(MediaType.OCI_CONFIG, DIGEST, 0), layers, annotations);
        layers.add(Descriptor.of(MediaType.OCI_LAYER, DIGEST, 0));
        annotations.clear();
        assertThat(manifest.layers()).isEmpty();
        assertThat(manifest.annotations()).containsEntry("a", "b");
    }

    @Test
    void setsOfAContainerAreSorted() {
        ContainerConfig empty = ContainerConfig.EMPTY;
        ContainerConfig config = new ContainerConfig(
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                new TreeSet<>(List.of("80/tcp", "443/tcp")),
                empty.volumes(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
        assertThat(config.exposedPorts()).containsExactly("443/tcp", "80/tcp");
    }

    @Test
    void mediaTypesAreOfOneFamily() {
        for (MediaFamily family : MediaFamily.values()) {
            assertThat(List.of(family.index(), family.manifest(), family.config()))
                    .allMatch(type -> MediaFamily.of(type) == family);
            assertThat(MediaType.isIndex(family.index())).isTrue();
            assertThat(MediaType.isManifest(family.manifest())).isTrue();
        }
        assertThat(MediaFamily.of("application/vnd.cncf.helm.config.v1+json")).isEqualTo(MediaFamily.OCI);
    }
}
