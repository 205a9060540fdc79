package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.http.Endpoint;
import dev.slipway.localecr.key.RegistryTokens;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Refusal;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.origin.LayerAddresses;
import dev.slipway.localecr.store.ImagePublisher;
import dev.slipway.localecr.store.Repositories;
import dev.slipway.localecr.store.Storage;
import dev.slipway.localecr.store.Uploads;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything below {@code /v2/}: checks the token, finds the endpoint, turns refusals into the protocol's errors.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints">
 *     distribution-spec, endpoints</a>
 */
public final class RegistryEndpoint implements Endpoint {
    private static final String JSON = "application/json; charset=utf-8";

    private final Storage storage;
    private final RegistryId defaultRegistry;
    private final boolean accountsAreOne;
    private final BasicAuthentication authentication;
    private final List<Route> routes;

    private record Route(Pattern path, Map<String, RepositoryEndpoint> byMethod) {
        static Route of(String path, Map<String, RepositoryEndpoint> byMethod) {
            return new Route(Pattern.compile("/v2/(?<name>.+)/" + path), byMethod);
        }
    }

    /**
     * @param defaultRegistry answers where the host is none of ECR's
     * @param accountsAreOne a token of any account and region opens all repositories
     */
    public RegistryEndpoint(
            Storage storage,
            RegistryTokens tokens,
            LayerAddresses addresses,
            ImagePublisher publisher,
            RegistryId defaultRegistry,
            boolean accountsAreOne,
            RegistryBehaviour behaviour) {
        this.storage = storage;
        this.defaultRegistry = defaultRegistry;
        this.accountsAreOne = accountsAreOne;
        this.authentication = new BasicAuthentication(tokens);
        Uploads uploads = storage.newUploads();
        ManifestGet manifestGet = new ManifestGet();
        this.routes = List.of(
                Route.of("blobs/uploads/?", Map.of("POST", new UploadStart(uploads, behaviour))),
                Route.of(
                        "blobs/uploads/(?<argument>[^/]+)",
                        Map.of(
                                "PATCH", new UploadAppend(uploads),
                                "PUT", new UploadFinish(uploads),
                                "GET", new UploadStatus(),
                                "DELETE", new UploadCancel(uploads))),
                Route.of("blobs/(?<argument>[^/]+)", Map.of("HEAD", new BlobHead(), "GET", new BlobGet(addresses))),
                Route.of(
                        "manifests/(?<argument>[^/]+)",
                        Map.of(
                                "HEAD",
                                manifestGet,
                                "GET",
                                manifestGet,
                                "PUT",
                                new ManifestPut(publisher),
                                "DELETE",
                                new ManifestDelete(publisher))),
                Route.of("tags/list", Map.of("GET", new TagList())),
                Route.of("referrers/(?<argument>[^/]+)", Map.of("GET", new ReferrerList())));
    }

    @Override
    public Answer handle(Call call) throws IOException {
        return answer(call).header("Docker-Distribution-Api-Version", "registry/2.0");
    }

    private Answer answer(Call call) throws IOException {
        RegistryId asked = RegistryId.ofHost(call.host()).orElse(defaultRegistry);
        try {
            Optional<RegistryId> granted = authentication.registryOf(call);
            if (granted.isEmpty() || !(accountsAreOne || granted.get().region().equals(asked.region()))) {
                return notAuthorized(asked);
            }
            return route(call, storage.repositories(asked));
        } catch (Refusal refusal) {
            return error(refusal);
        }
    }

    private Answer route(Call call, Repositories repositories) throws IOException {
        if (call.path().equals("/v2/") || call.path().equals("/v2")) {
            return Answer.of(200).body("text/plain", "");
        }
        if (call.path().equals("/v2/_catalog")) {
            return Catalog.answer(repositories);
        }
        for (Route route : routes) {
            Matcher path = route.path().matcher(call.path());
            if (path.matches()) {
                RepositoryEndpoint endpoint = route.byMethod().get(call.method());
                if (endpoint == null) {
                    throw Reason.PARAMETER.refuse("The operation is unsupported.");
                }
                String argument = path.namedGroups().containsKey("argument") ? path.group("argument") : "";
                return endpoint.handle(
                        new RepositoryCall(call, repositories, RepositoryName.parse(path.group("name")), argument));
            }
        }
        return Answer.of(404).body("text/plain; charset=utf-8", "404 page not found\n");
    }

    /** Plain text, unlike every other error. */
    private static Answer notAuthorized(RegistryId registry) {
        return Answer.of(401)
                .body("text/plain; charset=utf-8", "Not Authorized\n")
                .header(
                        "WWW-Authenticate",
                        "Basic realm=\"https://" + registry.host() + "/\",service=\"ecr.amazonaws.com\"");
    }

    private static Answer error(Refusal refusal) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ArrayNode errors = json.putArray("errors");
        errors.addObject().put("code", refusal.reason().code()).put("message", refusal.text());
        return Answer.of(refusal.reason().status())
                .body(JSON, JsonMapper.shared().writeValueAsBytes(json));
    }
}
