package dev.slipway.registry.auth;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.Origin;
import dev.slipway.foundation.http.RetryAfter;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.error.ErrorText;
import dev.slipway.registry.error.MalformedAnswerException;
import dev.slipway.registry.error.RefusedAnswerException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens of token services, each kept until shortly before its end. Thread-safe; two threads may fetch the same token at
 * the same time, which is harmless.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a>
 */
final class BearerTokens {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration DEFAULT_LIFE = Duration.ofSeconds(60);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private final HttpTransport transport;
    private final LongSupplier nanoTime;
    private final Map<Key, Token> tokens = new ConcurrentHashMap<>();

    BearerTokens(HttpTransport transport, LongSupplier nanoTime) {
        this.transport = transport;
        this.nanoTime = nanoTime;
    }

    /** A kept token, or a new one. */
    Secret get(Key key) throws IOException {
        @Nullable Token kept = tokens.get(key);
        if (kept != null && nanoTime.getAsLong() - kept.endNanos() < 0) {
            return kept.value();
        }
        Token fresh = fetch(key);
        tokens.put(key, fresh);
        return fresh.value();
    }

    void forget(Key key) {
        tokens.remove(key);
    }

    private Token fetch(Key key) throws IOException {
        HttpCall call = HttpCall.of("GET", address(key)).header("Accept", "application/json");
        Optional<Authorization.Basic> basic = key.credential().map(Authorization.Basic::new);
        HttpCall signed = basic.isPresent() ? basic.get().sign(call) : call;
        try (HttpAnswer answer = transport.send(signed)) {
            String by = "the token service " + Origin.of(key.realm());
            if (answer.status() != 200) {
                List<Secret> secrets = basic.map(Authorization.Basic::secrets).orElse(List.of());
                throw new RefusedAnswerException(
                        by, answer.status(), ErrorText.of(answer, secrets), RetryAfter.of(answer), basic.isPresent());
            }
            byte[] body = answer.body().readNBytes(MOST_BYTES);
            return read(body, by);
        }
    }

    private Token read(byte[] body, String by) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new MalformedAnswerException(by + " answered something that is not JSON");
        }
        String value = root.path("token").asString(root.path("access_token").asString(""));
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new MalformedAnswerException(by + " gave no token");
        }
        long seconds = root.path("expires_in").asLong(DEFAULT_LIFE.toSeconds());
        long life = Math.clamp(seconds, 0, LONGEST_LIFE.toSeconds());
        // a quarter of its life is left for the request that carries it
        long nanos = Duration.ofSeconds(life).toNanos() / 4 * 3;
        return new Token(Secret.of(value), nanoTime.getAsLong() + nanos);
    }

    private static URI address(Key key) {
        List<String> query = new ArrayList<>();
        key.service().ifPresent(service -> query.add("service=" + encoded(service)));
        key.scopes().forEach(scope -> query.add("scope=" + encoded(scope)));
        String realm = key.realm().toString();
        String joiner = key.realm().getRawQuery() == null ? "?" : "&";
        return URI.create(query.isEmpty() ? realm : realm + joiner + String.join("&", query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What makes two tokens the same. */
    record Key(URI realm, Optional<String> service, List<String> scopes, Optional<RegistryCredential> credential) {
        /** The challenge's own scope counts unless it is one of a repository: those we know better. */
        static Key of(URI realm, Challenge challenge, Set<Scope> wanted, Optional<RegistryCredential> credential) {
            Stream<String> offered = challenge.parameter("scope").stream()
                    .filter(scope -> !scope.isBlank() && !scope.startsWith("repository:"));
            List<String> scopes = Stream.concat(wanted.stream().map(Scope::toString), offered)
                    .sorted()
                    .toList();
            return new Key(realm, challenge.parameter("service"), scopes, credential);
        }
    }

    private record Token(Secret value, long endNanos) {}
}
