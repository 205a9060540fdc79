package dev.slipway.localecr.control;

import dev.slipway.localecr.key.RegistryTokens;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives out the password of user {@code AWS}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html">
 *     GetAuthorizationToken</a>
 */
final class GetAuthorizationToken implements Operation {
    private final RegistryTokens tokens;

    GetAuthorizationToken(RegistryTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "GetAuthorizationToken";
    }

    @Override
    public ObjectNode run(Input input) {
        ObjectNode answer = Input.newObject();
        ArrayNode data = answer.putArray("authorizationData");
        for (RegistryId registry : registries(input)) {
            RegistryTokens.Issued token = tokens.issue(registry);
            data.addObject()
                    .put("authorizationToken", token.authorizationToken().reveal())
                    .put("expiresAt", RepositoryView.seconds(token.expiresAt()))
                    .put("proxyEndpoint", "https://" + registry.host());
        }
        return answer;
    }

    /** {@code registryIds} is deprecated, but still answered. */
    private static List<RegistryId> registries(Input input) {
        List<RegistryId> all = new ArrayList<>();
        for (JsonNode id : input.list("registryIds")) {
            if (!RegistryId.isAccount(id.stringValue(""))) {
                throw Reason.PARAMETER.refuse(
                        Texts.parameter("registryIds", "must satisfy regular expression '[0-9]{12}'"));
            }
            all.add(input.registry().withAccount(id.stringValue("")));
        }
        return all.isEmpty() ? List.of(input.registry()) : all;
    }
}
