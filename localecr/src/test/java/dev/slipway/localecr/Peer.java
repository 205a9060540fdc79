package dev.slipway.localecr;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client of a stand-in: it knows the wire and nothing else. */
final class Peer implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String authorization;

    private Peer(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    static Peer of(LocalEcr ecr) {
        return withPassword(ecr, ecr.issuePassword());
    }

    static Peer at(URI base, String password) {
        return new Peer(base, basic("AWS", password));
    }

    static Peer withPassword(LocalEcr ecr, Secret password) {
        return new Peer(ecr.uri(), basic("AWS", password.reveal()));
    }

    static Peer withAuthorization(LocalEcr ecr, String authorization) {
        return new Peer(ecr.uri(), authorization);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    URI base() {
        return base;
    }

    HttpResponse<byte[]> send(String method, String target, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(target)).method(method, body);
        headers.forEach(request::header);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return exchange(request.build());
    }

    HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String target) {
        return send("GET", target, BodyPublishers.noBody(), Map.of());
    }

    HttpResponse<byte[]> head(String target) {
        return send("HEAD", target, BodyPublishers.noBody(), Map.of());
    }

    HttpResponse<byte[]> post(String target) {
        return send("POST", target, BodyPublishers.noBody(), Map.of());
    }

    HttpResponse<byte[]> patch(String target, byte[] body) {
        return send("PATCH", target, BodyPublishers.ofByteArray(body), Map.of());
    }

    HttpResponse<byte[]> patch(String target, String contentRange, byte[] body) {
        return send("PATCH", target, BodyPublishers.ofByteArray(body), Map.of("Content-Range", contentRange));
    }

    HttpResponse<byte[]> put(String target, byte[] body) {
        return send("PUT", target, BodyPublishers.ofByteArray(body), Map.of());
    }

    HttpResponse<byte[]> delete(String target) {
        return send("DELETE", target, BodyPublishers.noBody(), Map.of());
    }

    /** The address of a new upload. */
    String upload(String repository) {
        HttpResponse<byte[]> begun = post("/v2/" + repository + "/blobs/uploads/");
        return header(begun, "Location");
    }

    Digest push(String repository, byte[] blob) {
        Digest digest = Digest.of(blob);
        String address = upload(repository);
        patch(address, blob);
        HttpResponse<byte[]> done = put(address + "?digest=" + digest, new byte[0]);
        if (done.statusCode() != 201) {
            throw new IllegalStateException(text(done));
        }
        return digest;
    }

    HttpResponse<byte[]> putManifest(String repository, String reference, TestImage image) {
        return send(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                BodyPublishers.ofByteArray(image.manifest()),
                Map.of("Content-Type", image.mediaType()));
    }

    /** Pushes the blobs and then the manifest. */
    HttpResponse<byte[]> push(String repository, String reference, TestImage image) {
        image.blobs().forEach(blob -> push(repository, blob));
        return putManifest(repository, reference, image);
    }

    HttpResponse<byte[]> api(String operation, String json) {
        return api(operation, json, "AKIDEXAMPLE000000000", "us-east-1");
    }

    /** Signed well enough for a stand-in that has no secrets. */
    HttpResponse<byte[]> api(String operation, String json, String accessKeyId, String region) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/"))
                .POST(BodyPublishers.ofString(json))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + operation)
                .header("X-Amz-Date", "20261123T120000Z")
                .header("Authorization", signed(accessKeyId, region, "ecr"))
                .build();
        return exchange(request);
    }

    static String signed(String accessKeyId, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/20261123/" + region + "/" + service
                + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** {@code CODE text} of a registry error. */
    static String error(HttpResponse<byte[]> response) {
        JsonNode error = json(response).path("errors").path(0);
        return error.path("code").stringValue() + " " + error.path("message").stringValue();
    }

    @Override
    public void close() {
        client.close();
    }
}
