package dev.slipway.localecr.v2;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.key.RegistryTokens;
import dev.slipway.localecr.key.RegistryTokens.Grant;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * ECR takes Basic only: user {@code AWS} and a token. There is no token endpoint and there are no scopes.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html">ECR user guide, private
 *     registry authentication</a>
 */
final class BasicAuthentication {
    private static final String SCHEME = "Basic ";
    private static final String USER = "AWS:";

    private final RegistryTokens tokens;

    BasicAuthentication(RegistryTokens tokens) {
        this.tokens = tokens;
    }

    /** @throws dev.slipway.localecr.model.Refusal if the token was genuine and has expired */
    Optional<RegistryId> registryOf(Call call) {
        Optional<Grant> grant = call.header("Authorization")
                .flatMap(BasicAuthentication::password)
                .flatMap(tokens::read);
        if (grant.filter(tokens::expired).isPresent()) {
            throw Reason.TOKEN_EXPIRED.refuse(Texts.TOKEN_EXPIRED);
        }
        return grant.map(Grant::registry);
    }

    private static Optional<Secret> password(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return pair.startsWith(USER) ? Optional.of(Secret.of(pair.substring(USER.length()))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
