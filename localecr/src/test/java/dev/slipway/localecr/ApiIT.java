package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** ECR's API as JSON 1.1. */
class ApiIT {
    private final TestClock clock = new TestClock("2026-11-23T12:00:00.125Z");

    @TempDir
    private Path data;

    private LocalEcr ecr;
    private Peer peer;

    @BeforeEach
    void start() {
        ecr = LocalEcr.start(LocalEcrOptions.in(data, clock));
        peer = Peer.of(ecr);
    }

    @AfterEach
    void stop() {
        peer.close();
        ecr.close();
    }

    @Test
    void createsARepositoryWithEcrsDefaults() {
        HttpResponse<byte[]> answer = peer.api("CreateRepository", "{\"repositoryName\":\"team/app\"}");

        assertThat(Peer.text(answer))
                .isEqualTo(
                        "{\"repository\":{\"repositoryArn\":\"arn:aws:ecr:us-east-1:000000000000:repository/team/app\","
                                + "\"registryId\":\"000000000000\",\"repositoryName\":\"team/app\","
                                + "\"repositoryUri\":\"000000000000.dkr.ecr.us-east-1.amazonaws.com/team/app\","
                                + "\"createdAt\":1795435200.125,\"imageTagMutability\":\"MUTABLE\","
                                + "\"imageScanningConfiguration\":{\"scanOnPush\":false},"
                                + "\"encryptionConfiguration\":{\"encryptionType\":\"AES256\"}}}");
    }

    @Test
    void keepsTheSettingsOfARepository() {
        create("{\"repositoryName\":\"app\",\"imageTagMutability\":\"IMMUTABLE\","
                + "\"imageScanningConfiguration\":{\"scanOnPush\":true},"
                + "\"encryptionConfiguration\":{\"encryptionType\":\"KMS\",\"kmsKey\":\"alias/x\"}}");

        JsonNode repository = call("DescribeRepositories", "{\"repositoryNames\":[\"app\"]}")
                .path("repositories")
                .path(0);
        assertThat(repository.path("imageTagMutability").stringValue()).isEqualTo("IMMUTABLE");
        assertThat(repository
                        .path("imageScanningConfiguration")
                        .path("scanOnPush")
                        .booleanValue())
                .isTrue();
        assertThat(repository.path("encryptionConfiguration").path("kmsKey").stringValue())
                .isEqualTo("alias/x");
    }

    @Test
    void refusesToCreateARepositoryTwice() {
        create("{\"repositoryName\":\"app\"}");

        assertRefused(
                peer.api("CreateRepository", "{\"repositoryName\":\"app\"}"),
                "RepositoryAlreadyExistsException",
                "The repository with name 'app' already exists in the registry with id '000000000000'");
    }

    @Test
    void refusesARepositoryNameInUpperCase() {
        HttpResponse<byte[]> refused = peer.api("CreateRepository", "{\"repositoryName\":\"App\"}");

        assertThat(Peer.json(refused).path("__type").stringValue()).isEqualTo("InvalidParameterException");
    }

    @Test
    void refusesToDescribeAMissingRepository() {
        assertRefused(
                peer.api("DescribeRepositories", "{\"repositoryNames\":[\"app\"]}"),
                "RepositoryNotFoundException",
                "The repository with name 'app' does not exist in the registry with id '000000000000'");
    }

    @Test
    void describesRepositoriesInPages() {
        List.of("aa", "bb", "cc").forEach(name -> create("{\"repositoryName\":\"" + name + "\"}"));

        JsonNode first = call("DescribeRepositories", "{\"maxResults\":2}");
        JsonNode second = call(
                "DescribeRepositories",
                "{\"maxResults\":2,\"nextToken\":\"" + first.path("nextToken").stringValue() + "\"}");

        assertThat(first.path("repositories")).hasSize(2);
        assertThat(second.path("repositories")).hasSize(1);
        assertThat(second.has("nextToken")).isFalse();
    }

    @Test
    void deletesARepositoryThatHoldsImagesOnlyByForce() {
        create("{\"repositoryName\":\"app\"}");
        peer.push("app", "v1", TestImage.of("one"));

        assertRefused(
                peer.api("DeleteRepository", "{\"repositoryName\":\"app\"}"),
                "RepositoryNotEmptyException",
                "The repository with name 'app' in registry with id '000000000000' cannot be deleted because it "
                        + "still contains images");
        call("DeleteRepository", "{\"repositoryName\":\"app\",\"force\":true}");
        assertThat(peer.get("/v2/app/tags/list").statusCode()).isEqualTo(404);
        create("{\"repositoryName\":\"app\"}");
        assertThat(peer.get("/v2/app/manifests/v1").statusCode()).isEqualTo(404);
    }

    @Test
    void describesImagesWithTagsSizeAndTime() {
        create("{\"repositoryName\":\"app\"}");
        TestImage image = TestImage.of("one");
        clock.advance(Duration.ofSeconds(5));
        peer.push("app", "v1", image);
        peer.putManifest("app", "latest", image);

        JsonNode details =
                call("DescribeImages", "{\"repositoryName\":\"app\"}").path("imageDetails");

        assertThat(details).hasSize(1);
        JsonNode detail = details.path(0);
        assertThat(detail.path("imageDigest").stringValue())
                .isEqualTo(image.digest().toString());
        assertThat(detail.path("imageTags").toString()).isEqualTo("[\"latest\",\"v1\"]");
        assertThat(detail.path("imageSizeInBytes").longValue())
                .isEqualTo(image.blobs().get(1).length);
        assertThat(detail.path("imagePushedAt").doubleValue()).isEqualTo(1795435205.125);
        assertThat(detail.path("imageManifestMediaType").stringValue()).isEqualTo(MediaType.OCI_MANIFEST);
        assertThat(detail.path("artifactMediaType").stringValue()).isEqualTo(MediaType.OCI_CONFIG);
    }

    @Test
    void refusesToDescribeAMissingImageInAwsOwnWords() {
        create("{\"repositoryName\":\"app\"}");

        assertRefused(
                peer.api("DescribeImages", "{\"repositoryName\":\"app\",\"imageIds\":[{\"imageTag\":\"v9\"}]}"),
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with "
                        + "name 'app' in the registry with id '000000000000'");
    }

    @Test
    void listsAnImageOncePerTagAndAnUntaggedImageWithoutTag() {
        create("{\"repositoryName\":\"app\"}");
        TestImage tagged = TestImage.of("one");
        TestImage untagged = TestImage.of("two");
        peer.push("app", "a", tagged);
        peer.putManifest("app", "b", tagged);
        peer.push("app", untagged.digest().toString(), untagged);

        assertThat(call("ListImages", "{\"repositoryName\":\"app\"}").path("imageIds"))
                .hasSize(3);
        JsonNode alone = call("ListImages", "{\"repositoryName\":\"app\",\"filter\":{\"tagStatus\":\"UNTAGGED\"}}")
                .path("imageIds");
        assertThat(alone.toString()).isEqualTo("[{\"imageDigest\":\"" + untagged.digest() + "\"}]");
    }

    @Test
    void givesImagesAndReportsWhatIsMissingAsFailuresOfAGoodAnswer() {
        create("{\"repositoryName\":\"app\"}");
        TestImage image = TestImage.of("one");
        peer.push("app", "v1", image);

        JsonNode answer = call(
                "BatchGetImage",
                "{\"repositoryName\":\"app\",\"imageIds\":[{\"imageTag\":\"v1\"},{\"imageTag\":\"v2\"},{}]}");

        assertThat(answer.path("images").path(0).path("imageManifest").stringValue())
                .isEqualTo(new String(image.manifest(), StandardCharsets.UTF_8));
        assertThat(answer.path("failures").path(0).path("failureCode").stringValue())
                .isEqualTo("ImageNotFound");
        assertThat(answer.path("failures").path(1).path("failureCode").stringValue())
                .isEqualTo("MissingDigestAndTag");
    }

    @Test
    void checksTheAvailabilityOfLayers() {
        create("{\"repositoryName\":\"app\"}");
        Digest there = peer.push("app", new byte[7]);
        Digest missing = Digest.of(new byte[8]);

        JsonNode answer = call(
                "BatchCheckLayerAvailability",
                "{\"repositoryName\":\"app\",\"layerDigests\":[\"" + there + "\",\"" + missing + "\",\"x\"]}");

        assertThat(answer.path("layers").path(0).path("layerAvailability").stringValue())
                .isEqualTo("AVAILABLE");
        assertThat(answer.path("layers").path(0).path("layerSize").longValue()).isEqualTo(7);
        assertThat(answer.path("layers").path(1).path("layerAvailability").stringValue())
                .isEqualTo("UNAVAILABLE");
        assertThat(answer.path("failures").path(0).path("failureCode").stringValue())
                .isEqualTo("InvalidLayerDigest");
    }

    @Test
    void doesNotKnowOtherOperations() {
        HttpResponse<byte[]> refused = peer.api("StartImageScan", "{}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Peer.json(refused).path("__type").stringValue()).isEqualTo("UnknownOperationException");
        assertThat(Peer.header(refused, "x-amzn-RequestId")).isNotEmpty();
    }

    @Test
    void refusesARequestThatIsNotSigned() {
        HttpRequest unsigned = HttpRequest.newBuilder(ecr.uri())
                .POST(BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories")
                .build();

        assertRefused(peer.exchange(unsigned), "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    private JsonNode create(String json) {
        return call("CreateRepository", json);
    }

    private JsonNode call(String operation, String json) {
        HttpResponse<byte[]> answer = peer.api(operation, json);
        assertThat(answer.statusCode()).as(Peer.text(answer)).isEqualTo(200);
        assertThat(Peer.header(answer, "Content-Type")).isEqualTo("application/x-amz-json-1.1");
        return Peer.json(answer);
    }

    private static void assertRefused(HttpResponse<byte[]> answer, String type, String message) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Peer.json(answer).path("__type").stringValue()).isEqualTo(type);
        assertThat(Peer.json(answer).path("message").stringValue()).isEqualTo(message);
    }
}
