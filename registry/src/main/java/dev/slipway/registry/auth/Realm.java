package dev.slipway.registry.auth;

import dev.slipway.foundation.http.Loopback;
import dev.slipway.foundation.http.Origin;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.MalformedAnswerException;
import java.net.URI;

/** The address of a token service as a challenge names it; credentials go there, so it is checked. */
final class Realm {
    private Realm() {}

    /**
     * @throws MalformedAnswerException if it is not an https address, and not a plain one on the host of a registry that
     *     is spoken to without encryption anyway
     */
    static URI of(Challenge challenge, RegistryTarget target) throws MalformedAnswerException {
        URI realm;
        Origin origin;
        try {
            realm = URI.create(challenge.parameter("realm").orElse(""));
            origin = Origin.of(realm);
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("the registry names no address of its token service");
        }
        if (realm.getRawUserInfo() != null || realm.getRawFragment() != null) {
            throw new MalformedAnswerException("the address of the token service has more than host, path and query");
        }
        boolean plain = origin.scheme().equals("http")
                && target.origin().scheme().equals("http")
                && sameHost(origin.host(), target.origin().host());
        if (!origin.scheme().equals("https") && !plain) {
            throw new MalformedAnswerException("the token service " + origin + " is not encrypted");
        }
        return realm;
    }

    private static boolean sameHost(String one, String other) {
        return one.equals(other) || (Loopback.isLoopback(one) && Loopback.isLoopback(other));
    }
}
