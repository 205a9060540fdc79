package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How ECR takes and gives manifests and tags. */
class ManifestIT {
    private static final TestImage IMAGE = TestImage.of("one");
    private static final TestImage OTHER = TestImage.of("two");

    @TempDir
    private Path data;

    private LocalEcr ecr;
    private Peer peer;

    @BeforeEach
    void start() {
        ecr = LocalEcr.start(
                LocalEcrOptions.in(data, new TestClock("2026-11-23T12:00:00Z")).withRepositories(List.of("app")));
        peer = Peer.of(ecr);
    }

    @AfterEach
    void stop() {
        peer.close();
        ecr.close();
    }

    @Test
    void givesByTagAndByDigestTheBytesThatWerePushed() {
        HttpResponse<byte[]> pushed = peer.push("app", "v1", IMAGE);

        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(Peer.header(pushed, "Docker-Content-Digest"))
                .isEqualTo(IMAGE.digest().toString());
        for (String reference : List.of("v1", IMAGE.digest().toString())) {
            HttpResponse<byte[]> got = peer.get("/v2/app/manifests/" + reference);
            assertThat(got.body()).isEqualTo(IMAGE.manifest());
            assertThat(Peer.header(got, "Content-Type")).isEqualTo(MediaType.OCI_MANIFEST);
        }
    }

    @Test
    void answersHeadWithoutABody() {
        peer.push("app", "v1", IMAGE);

        HttpResponse<byte[]> head = peer.head("/v2/app/manifests/v1");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(Peer.header(head, "Content-Length")).isEqualTo(Integer.toString(IMAGE.manifest().length));
        assertThat(peer.head("/v2/app/manifests/v2").statusCode()).isEqualTo(404);
        assertThat(peer.head("/v2/app/manifests/v2").body()).isEmpty();
    }

    @Test
    void saysNameUnknownForAMissingRepositoryAndManifestUnknownForAMissingImage() {
        HttpResponse<byte[]> repository = peer.get("/v2/missing/manifests/v1");
        HttpResponse<byte[]> image = peer.get("/v2/app/manifests/v1");

        assertThat(repository.statusCode()).isEqualTo(404);
        assertThat(Peer.error(repository))
                .isEqualTo("NAME_UNKNOWN The repository with name 'missing' does not exist in the registry with id "
                        + "'000000000000'");
        assertThat(image.statusCode()).isEqualTo(404);
        assertThat(Peer.error(image)).isEqualTo("MANIFEST_UNKNOWN Requested image not found");
    }

    @Test
    void refusesAManifestWithoutMediaTypeAsInvalidJsonWith405() {
        byte[] manifest = new String(IMAGE.manifest(), StandardCharsets.UTF_8)
                .replaceFirst("\"mediaType\":\"[^\"]*\",", "")
                .getBytes(StandardCharsets.UTF_8);
        IMAGE.blobs().forEach(blob -> peer.push("app", blob));

        HttpResponse<byte[]> refused =
                peer.putManifest("app", "v1", new TestImage(MediaType.OCI_MANIFEST, manifest, List.of()));

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(Peer.error(refused))
                .isEqualTo("UNSUPPORTED Invalid parameter at 'ImageManifest' failed to satisfy constraint: "
                        + "'Invalid JSON syntax'");
    }

    @Test
    void refusesWhatIsNoJsonWith405() {
        TestImage broken = new TestImage(MediaType.OCI_MANIFEST, "{".getBytes(StandardCharsets.UTF_8), List.of());

        assertThat(peer.putManifest("app", "v1", broken).statusCode()).isEqualTo(405);
    }

    @Test
    void takes500LayersAndRefuses501With405() {
        byte[] layer = "layer".getBytes(StandardCharsets.UTF_8);
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        TestImage full = TestImage.of(MediaType.OCI_CONFIG, config, Collections.nCopies(500, layer), "");
        TestImage over = TestImage.of(MediaType.OCI_CONFIG, config, Collections.nCopies(501, layer), "");
        peer.push("app", layer);
        peer.push("app", config);

        assertThat(peer.putManifest("app", "full", full).statusCode()).isEqualTo(201);
        HttpResponse<byte[]> refused = peer.putManifest("app", "over", over);
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(Peer.error(refused)).contains("Limit on number of layers per image exceeded");
    }

    @Test
    void refusesAManifestAbove4MiB() {
        String filling = ",\"annotations\":{\"a\":\"" + "x".repeat(4 << 20) + "\"}";
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> refused =
                peer.push("app", "v1", TestImage.of(MediaType.OCI_CONFIG, config, List.of(config), filling));

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(Peer.error(refused)).contains("4194304");
    }

    @Test
    void refusesAManifestWhoseLayersAreMissingAndNamesThem() {
        peer.push("app", IMAGE.blobs().getFirst());

        HttpResponse<byte[]> refused = peer.putManifest("app", "v1", IMAGE);

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(Peer.error(refused))
                .isEqualTo("BLOB_UPLOAD_UNKNOWN Layers with digests '["
                        + Digest.of(IMAGE.blobs().get(1))
                        + "]' required for pushing image into repository with name 'app' in the registry with id "
                        + "'000000000000' do not exist");
        assertThat(peer.head("/v2/app/manifests/v1").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAnIndexWhoseChildrenAreMissingAndNamesThem() {
        peer.push("app", IMAGE.digest().toString(), IMAGE);

        HttpResponse<byte[]> refused = peer.putManifest("app", "all", TestImage.index(List.of(IMAGE, OTHER)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Peer.error(refused))
                .startsWith("MANIFEST_BLOB_UNKNOWN Images with digests '[" + OTHER.digest() + "]'");
    }

    @Test
    void takesAnIndexOfImagesPushedByDigest() {
        peer.push("app", IMAGE.digest().toString(), IMAGE);
        peer.push("app", OTHER.digest().toString(), OTHER);
        TestImage index = TestImage.index(List.of(IMAGE, OTHER));

        assertThat(peer.putManifest("app", "all", index).statusCode()).isEqualTo(201);
        assertThat(peer.get("/v2/app/manifests/all").body()).isEqualTo(index.manifest());
    }

    @Test
    void refusesAnIndexOfLayersThatIsBuildKitsOldCache() {
        byte[] layer = "a cached layer".getBytes(StandardCharsets.UTF_8);
        peer.push("app", layer);
        TestImage cache = TestImage.index(List.of(new TestImage(MediaType.OCI_LAYER_GZIP, layer, List.of())));

        assertThat(peer.putManifest("app", "cache", cache).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAnAttestationArtifactAsEntryOfAnIndexWith405() {
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        TestImage artifact = TestImage.of("application/vnd.oci.empty.v1+json", empty, List.of(empty), "");
        peer.push("app", artifact.digest().toString(), artifact);

        assertThat(peer.putManifest("app", "all", TestImage.index(List.of(artifact)))
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void takesArbitraryConfigMediaTypes() {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        TestImage cache = TestImage.of("application/vnd.buildkit.cacheconfig.v0", config, List.of(config), "");

        assertThat(peer.push("app", "cache", cache).statusCode()).isEqualTo(201);
    }

    @Test
    void refusesATagWithPlusWith400AlreadyOnHead() {
        assertThat(peer.head("/v2/app/manifests/1.0+build").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesToPushUnderADigestThatIsNotTheManifests() {
        HttpResponse<byte[]> refused = peer.push("app", OTHER.digest().toString(), IMAGE);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Peer.error(refused)).startsWith("DIGEST_INVALID");
    }

    @Test
    void refusesAContentTypeThatContradictsTheManifest() {
        IMAGE.blobs().forEach(blob -> peer.push("app", blob));

        HttpResponse<byte[]> refused = peer.send(
                "PUT",
                "/v2/app/manifests/v1",
                BodyPublishers.ofByteArray(IMAGE.manifest()),
                Map.of("Content-Type", MediaType.DOCKER_MANIFEST));

        assertThat(refused.statusCode()).isEqualTo(405);
    }

    @Test
    void movesATagThatIsMutable() {
        peer.push("app", "latest", IMAGE);

        assertThat(peer.push("app", "latest", OTHER).statusCode()).isEqualTo(201);
        assertThat(Peer.header(peer.head("/v2/app/manifests/latest"), "Docker-Content-Digest"))
                .isEqualTo(OTHER.digest().toString());
    }

    @Test
    void refusesToMoveAnImmutableTagWithTagInvalid() {
        immutable();
        peer.push("app", "v1", IMAGE);

        HttpResponse<byte[]> refused = peer.push("app", "v1", OTHER);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Peer.error(refused))
                .isEqualTo("TAG_INVALID The image tag 'v1' already exists in the 'app' repository and cannot be "
                        + "overwritten because the tag is immutable.");
    }

    @Test
    void refusesEvenTheSameImageAgainUnderAnImmutableTag() {
        immutable();
        peer.push("app", "v1", IMAGE);

        assertThat(peer.putManifest("app", "v1", IMAGE).statusCode()).isEqualTo(400);
        assertThat(peer.putManifest("app", IMAGE.digest().toString(), IMAGE).statusCode())
                .isEqualTo(201);
    }

    @Test
    void movesAnImmutableTagThatAFilterExcludes() {
        peer.api(
                "PutImageTagMutability",
                "{\"repositoryName\":\"app\",\"imageTagMutability\":\"IMMUTABLE_WITH_EXCLUSION\","
                        + "\"imageTagMutabilityExclusionFilters\":[{\"filterType\":\"WILDCARD\",\"filter\":\"cache-*\"}]}");
        peer.push("app", "cache-main", IMAGE);
        peer.push("app", "v1", IMAGE);

        assertThat(peer.push("app", "cache-main", OTHER).statusCode()).isEqualTo(201);
        assertThat(peer.push("app", "v1", OTHER).statusCode()).isEqualTo(400);
    }

    @Test
    void deletesTheImageWithItsLastTag() {
        peer.push("app", "a", IMAGE);
        peer.putManifest("app", "b", IMAGE);

        assertThat(peer.delete("/v2/app/manifests/a").statusCode()).isEqualTo(202);
        assertThat(peer.head("/v2/app/manifests/" + IMAGE.digest()).statusCode())
                .isEqualTo(200);
        assertThat(peer.delete("/v2/app/manifests/b").statusCode()).isEqualTo(202);
        assertThat(peer.head("/v2/app/manifests/" + IMAGE.digest()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void deletesAnImageWithAllItsTagsByDigest() {
        peer.push("app", "a", IMAGE);

        assertThat(peer.delete("/v2/app/manifests/" + IMAGE.digest()).statusCode())
                .isEqualTo(202);
        assertThat(peer.head("/v2/app/manifests/a").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsAnImageThatAnIndexLists() {
        peer.push("app", IMAGE.digest().toString(), IMAGE);
        TestImage index = TestImage.index(List.of(IMAGE));
        peer.putManifest("app", "all", index);

        assertThat(peer.delete("/v2/app/manifests/" + IMAGE.digest()).statusCode())
                .isEqualTo(405);
        assertThat(peer.delete("/v2/app/manifests/all").statusCode()).isEqualTo(202);
        assertThat(peer.delete("/v2/app/manifests/" + IMAGE.digest()).statusCode())
                .isEqualTo(202);
    }

    @Test
    void listsTagsInPagesLinkedByAbsoluteAddresses() {
        peer.push("app", "a", IMAGE);
        peer.putManifest("app", "b", IMAGE);
        peer.putManifest("app", "c", IMAGE);

        HttpResponse<byte[]> first = peer.get("/v2/app/tags/list?n=2");
        String link = Peer.header(first, "Link");
        HttpResponse<byte[]> second = peer.get(link.substring(1, link.indexOf('>')));

        assertThat(Peer.text(first)).isEqualTo("{\"name\":\"app\",\"tags\":[\"a\",\"b\"]}");
        assertThat(link).startsWith("<" + ecr.uri() + "/v2/app/tags/list?").endsWith(">; rel=\"next\"");
        assertThat(Peer.text(second)).isEqualTo("{\"name\":\"app\",\"tags\":[\"c\"]}");
        assertThat(Peer.header(second, "Link")).isEmpty();
    }

    @Test
    void refusesTagPagesOfMoreThan1000() {
        assertThat(peer.get("/v2/app/tags/list?n=1001").statusCode()).isEqualTo(405);
        assertThat(peer.get("/v2/app/tags/list?n=1000").statusCode()).isEqualTo(200);
    }

    @Test
    void listsReferrersOfASubject() {
        peer.push("app", "v1", IMAGE);
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        String subject = ",\"subject\":" + TestImage.descriptor(MediaType.OCI_MANIFEST, IMAGE.manifest())
                + ",\"artifactType\":\"application/vnd.example.sbom\"";
        TestImage sbom = TestImage.of("application/vnd.oci.empty.v1+json", empty, List.of(empty), subject);

        HttpResponse<byte[]> pushed = peer.push("app", sbom.digest().toString(), sbom);
        HttpResponse<byte[]> listed = peer.get("/v2/app/referrers/" + IMAGE.digest());
        HttpResponse<byte[]> filtered = peer.get("/v2/app/referrers/" + IMAGE.digest() + "?artifactType=none");

        assertThat(Peer.header(pushed, "OCI-Subject")).isEqualTo(IMAGE.digest().toString());
        assertThat(Peer.json(listed).path("manifests").path(0).path("digest").stringValue())
                .isEqualTo(sbom.digest().toString());
        assertThat(Peer.json(filtered).path("manifests")).isEmpty();
        assertThat(Peer.header(filtered, "OCI-Filters-Applied")).isEqualTo("artifactType");
    }

    private void immutable() {
        peer.api("PutImageTagMutability", "{\"repositoryName\":\"app\",\"imageTagMutability\":\"IMMUTABLE\"}");
    }
}
