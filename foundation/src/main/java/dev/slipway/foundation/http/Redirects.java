package dev.slipway.foundation.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a redirect leads to. Pure.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.4">RFC 9110, 15.4</a>
 */
final class Redirects {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");

    private Redirects() {}

    static boolean applies(HttpCall call, int status) {
        return STATUSES.contains(status)
                && (call.method().equals("GET") || call.method().equals("HEAD"));
    }

    /**
     * The call to make next; without credentials if it goes to another origin.
     *
     * @throws ExchangeException if the address is missing, cannot be read or would give up encryption
     */
    static HttpCall next(HttpCall call, Optional<String> location) throws ExchangeException {
        String text = location.orElseThrow(() -> refused(call, "gives no address"));
        URI target;
        try {
            target = call.uri().resolve(text);
        } catch (IllegalArgumentException e) {
            throw refused(call, "gives an address that cannot be read");
        }
        boolean http = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
        if (!http || target.getHost() == null) {
            throw refused(call, "leads to an address that is not http");
        }
        Origin from = Origin.of(call.uri());
        Origin to = Origin.of(target);
        if (from.scheme().equals("https") && !to.scheme().equals("https")) {
            throw refused(call, "leads to " + to + ", which is not encrypted");
        }
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        if (!from.equals(to)) {
            headers.keySet().removeIf(name -> CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)));
        }
        return new HttpCall(call.method(), target, headers, call.body());
    }

    static ExchangeException tooMany(HttpCall call) {
        return refused(call, "is one too many");
    }

    private static ExchangeException refused(HttpCall call, String why) {
        return new ExchangeException(
                ExchangeException.Kind.REDIRECT, "a redirect by " + Origin.of(call.uri()) + " " + why);
    }
}
