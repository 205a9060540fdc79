package dev.slipway.image.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Image-spec 1.1, manifest and index; Docker's image manifest version 2, schema 2. */
class ManifestJsonTest {
    private static final Digest A = Digest.of("a".getBytes(UTF_8));
    private static final Digest B = Digest.of("b".getBytes(UTF_8));

    private static byte[] json(String text) {
        return text.replace('\'', '"')
                .replace("$A", A.toString())
                .replace("$B", B.toString())
                .getBytes(UTF_8);
    }

    @Test
    void manifestIsWrittenInTheOrderOfTheSpec() {
        Manifest manifest = new Manifest(
                MediaType.OCI_MANIFEST,
                Descriptor.of(MediaType.OCI_CONFIG, A, 7),
                List.of(Descriptor.of(MediaType.OCI_LAYER_GZIP, B, 9_000_000_000L)),
                Map.of("k", "v"));
        assertThat(ImageJson.writeManifest(manifest)).asString(UTF_8).isEqualTo("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":7},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s",\
                "size":9000000000}],"annotations":{"k":"v"}}""".formatted(A, B));
    }

    @Test
    void indexIsWrittenInTheOrderOfTheSpec() {
        Index index = new Index(
                MediaType.OCI_INDEX,
                List.of(new Descriptor(
                        MediaType.OCI_MANIFEST,
                        A,
                        7,
                        Optional.of(new Platform("linux", "arm", "v7", "")),
                        Map.of("k", "v"))),
                Map.of());
        assertThat(ImageJson.writeIndex(index)).asString(UTF_8).isEqualTo("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":7,\
                "annotations":{"k":"v"},"platform":{"architecture":"arm","os":"linux","variant":"v7"}}]}""".formatted(A));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        Manifest manifest = new Manifest(
                MediaType.DOCKER_MANIFEST,
                Descriptor.of(MediaType.DOCKER_CONFIG, A, 7),
                List.of(Descriptor.of(MediaType.DOCKER_LAYER_GZIP, B, 1), Descriptor.of(MediaType.OCI_LAYER, B, 1)),
                Map.of("ü", "\u0000\ud83d\ude00\"\\"));
        assertThat(ImageJson.readManifest(ImageJson.writeManifest(manifest))).isEqualTo(manifest);
    }

    @Test
    void equalValuesGiveEqualBytes() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("a", "1");
        one.put("b", "2");
        Map<String, String> two = new LinkedHashMap<>();
        two.put("b", "2");
        two.put("a", "1");
        Index first = new Index(MediaType.OCI_INDEX, List.of(), one);
        Index second = new Index(MediaType.OCI_INDEX, List.of(), two);
        assertThat(first).isEqualTo(second);
        assertThat(ImageJson.writeIndex(first)).isEqualTo(ImageJson.writeIndex(second));
    }

    @Test
    void unknownFieldsAreNoMatterAndNullIsAbsent() {
        Manifest manifest = ImageJson.readManifest(json("""
                {'schemaVersion': 2, 'artifactType': 'x/y', 'subject': {'any': []}, 'annotations': null,
                 'config': {'mediaType': 'application/vnd.oci.image.config.v1+json', 'digest': '$A', 'size': 7,
                            'data': '!!! not base64', 'urls': null, 'platform': null},
                 'layers': null, 'new': {'deep': [1, 2.5e300, true, null]}}"""));
        assertThat(manifest)
                .isEqualTo(new Manifest(
                        MediaType.OCI_MANIFEST, Descriptor.of(MediaType.OCI_CONFIG, A, 7), List.of(), Map.of()));
    }

    @Test
    void dockerListHasItsPlatforms() {
        Index index = ImageJson.readIndex(json("""
                {'schemaVersion': 2, 'mediaType': 'application/vnd.docker.distribution.manifest.list.v2+json',
                 'manifests': [
                   {'mediaType': 'application/vnd.docker.distribution.manifest.v2+json', 'size': 7, 'digest': '$A',
                    'platform': {'architecture': 'amd64', 'os': 'windows', 'os.version': '10.0.1',
                                 'os.features': ['win32k'], 'features': ['sse4']}},
                   {'mediaType': 'application/vnd.docker.distribution.manifest.v2+json', 'size': 8, 'digest': '$B'}]}
                """));
        assertThat(index.mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST_LIST);
        assertThat(index.manifests().get(0).platform()).contains(new Platform("windows", "amd64", "", "10.0.1"));
        assertThat(index.manifests().get(1).platform()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'schemaVersion': 2}                                     | 'config' is missing",
                "{'schemaVersion': 1, 'fsLayers': []}                     | 'schemaVersion' is 1, not 2",
                "{'config': {}}                                           | 'schemaVersion' is missing",
                "{'schemaVersion': '2'}                                   | 'schemaVersion' is not a whole number",
                "{'schemaVersion': 2, 'config': []}                       | 'config' is not an object but array",
                "{'schemaVersion': 2, 'config': {}}                       | 'config.mediaType' is missing",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': 'md5:1', 'size': 1}} | 'config.digest' is not a digest: 'md5:1'",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': '$A'}} | 'config.size' is missing",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': '$A', 'size': -1}} | 'config.size' is -1",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': '$A', 'size': 1e3}} | 'config.size' is not a whole number",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': '$A', 'size': 9223372036854775808}} | 'config.size' is not a whole number",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': '$A', 'size': 1}, 'layers': [1]} | 'layers' is not a list of objects",
                "{'schemaVersion': 2, 'config': {'mediaType': 'x', 'digest': '$A', 'size': 1}, 'layers': [{'mediaType': 'x', 'digest': '$B', 'size': 1}, {}]} | 'layers[1].mediaType' is missing",
                "{'schemaVersion': 2, 'manifests': [], 'config': {'mediaType': 'x', 'digest': '$A', 'size': 1}} | would be both",
                "{'schemaVersion': 2, 'mediaType': 'application/vnd.oci.image.index.v1+json', 'config': {}} | would be both",
                "{'schemaVersion': 2, 'schemaVersion': 2}                 | uplicate",
                "[]                                                       | not a JSON object",
                "2                                                        | not a JSON object",
                "{'schemaVersion': 2                                      | not JSON",
                "{} {}                                                    | not JSON",
                "{'schemaVersion': 2, // comment                          | not JSON"
            })
    void saysWhatIsWrongWithAManifest(String text, String reason) {
        assertThatThrownBy(() -> ImageJson.readManifest(json(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'schemaVersion': 2, 'manifests': [], 'layers': []}     | would be both",
                "{'schemaVersion': 2, 'manifests': [], 'config': {}}     | would be both",
                "{'schemaVersion': 2, 'mediaType': 'application/vnd.oci.image.manifest.v1+json', 'manifests': []} | would be both",
                "{'schemaVersion': 2, 'manifests': {}}                   | 'manifests' is not a list"
            })
    void saysWhatIsWrongWithAnIndex(String text, String reason) {
        assertThatThrownBy(() -> ImageJson.readIndex(json(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void depthAndSizeHaveLimits() {
        assertThatThrownBy(() -> ImageJson.readManifest(("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> ImageJson.readManifest(new byte[ImageJson.MAX_MANIFEST_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than the limit");
        assertThatThrownBy(() -> ImageJson.readManifest(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ImageJson.readManifest(new byte[] {'{', (byte) 0xff, '}'}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'mediaType': 'a/b'}        | application/vnd.oci.image.manifest.v1+json | a/b",
                "{}                          | application/vnd.oci.image.manifest.v1+json; charset=utf-8 | application/vnd.oci.image.manifest.v1+json",
                "{'config': {}}              | text/plain | application/vnd.oci.image.manifest.v1+json",
                "{'config': {}}              | ``         | application/vnd.oci.image.manifest.v1+json",
                "{'manifests': []}           | ``         | application/vnd.oci.image.index.v1+json",
                "{'fsLayers': []} | application/vnd.docker.distribution.manifest.v1+prettyjws | application/vnd.docker.distribution.manifest.v1+prettyjws"
            })
    void documentSaysWhatItIsBeforeTheServerDoes(String text, String contentType, String mediaType) {
        assertThat(ImageJson.mediaTypeOf(json(text), contentType)).isEqualTo(mediaType);
    }

    @Test
    void documentOfNoTypeIsRefused() {
        assertThatThrownBy(() -> ImageJson.mediaTypeOf(json("{}"), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no media type");
    }
}
