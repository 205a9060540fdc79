package dev.slipway.localecr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ECR reads of a manifest. */
class ManifestDocumentTest {
    private static final Digest A = Digest.of(new byte[] {1});
    private static final Digest B = Digest.of(new byte[] {2});

    @Test
    void namesConfigAndLayersOfAnImage() {
        ManifestDocument image = parse("{'schemaVersion':2,'mediaType':'" + MediaType.OCI_MANIFEST + "','config':"
                + descriptor("c", A, 3) + ",'layers':[" + descriptor("l", B, 5) + "," + descriptor("l", B, 5) + "]}");

        assertThat(image.blobDigests()).containsExactly(A, B);
        assertThat(image.layersSize()).isEqualTo(10);
        assertThat(image.configMediaType()).isEqualTo("c");
        assertThat(image.artifactType()).isEqualTo("c");
        assertThat(image.children()).isEmpty();
    }

    @Test
    void namesTheEntriesOfAnIndex() {
        ManifestDocument index = parse("{'schemaVersion':2,'mediaType':'" + MediaType.DOCKER_MANIFEST_LIST
                + "','manifests':[" + descriptor("m", A, 3) + "]}");

        assertThat(index.isIndex()).isTrue();
        assertThat(index.children()).containsExactly(new ManifestDocument.Reference("m", A, 3));
        assertThat(index.blobs()).isEmpty();
        assertThat(index.layersSize()).isZero();
    }

    @Test
    void keepsTheBytesAsTheyAre() {
        byte[] bytes = ("{ \"mediaType\": \"" + MediaType.OCI_INDEX + "\",\n \"manifests\": [] }\n")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(ManifestDocument.parse(bytes).bytes()).isEqualTo(bytes);
        assertThat(ManifestDocument.parse(bytes).digest()).isEqualTo(Digest.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "null",
                "{}",
                "{'mediaType':7}",
                "{'mediaType':'text/plain'}",
                "{'mediaType':'" + MediaType.OCI_MANIFEST + "'}",
                "{'mediaType':'" + MediaType.OCI_MANIFEST + "','config':{'digest':'sha256:1','size':1},'layers':[]}",
                "{'mediaType':'" + MediaType.OCI_INDEX + "','manifests':{}}",
                "{'mediaType':'" + MediaType.OCI_INDEX + "','manifests':[7]}",
                "{'mediaType':'" + MediaType.OCI_INDEX + "','manifests':[]} x",
            })
    void refusesWhatIsNoManifestAsInvalidJson(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(Refusal.class)
                .hasMessage("Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");
    }

    @Test
    void refusesDeepNestingWithoutHarm() {
        String deep = "{'mediaType':'" + MediaType.OCI_INDEX + "','x':" + "[".repeat(100_000);

        assertThatThrownBy(() -> parse(deep)).isInstanceOf(Refusal.class);
    }

    @Test
    void givesTheArtifactTypeBeforeTheConfigs() {
        ManifestDocument artifact = parse("{'mediaType':'" + MediaType.OCI_MANIFEST + "','artifactType':'t','config':"
                + descriptor("c", A, 3) + ",'layers':[],'subject':" + descriptor("m", B, 4)
                + ",'annotations':{'k':'v'}}");

        assertThat(artifact.artifactType()).isEqualTo("t");
        assertThat(artifact.subject()).map(ManifestDocument.Reference::digest).contains(B);
        assertThat(artifact.annotations()).containsExactlyEntriesOf(Map.of("k", "v"));
        assertThat(List.copyOf(artifact.blobDigests())).isEqualTo(List.of(A));
    }

    private static ManifestDocument parse(String text) {
        return ManifestDocument.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String descriptor(String type, Digest digest, long size) {
        return "{'mediaType':'" + type + "','digest':'" + digest + "','size':" + size + "}";
    }
}
