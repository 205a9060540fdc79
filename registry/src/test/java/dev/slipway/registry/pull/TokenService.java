package dev.slipway.registry.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.registry.testing.ScriptedRegistry;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes a scripted registry ask for a token, which it gives at {@code /token}. */
final class TokenService {
    private final String userAndPassword;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<String> queries = new CopyOnWriteArrayList<>();

    /** @param userAndPassword whom it gives tokens; empty for anybody who does not say */
    TokenService(ScriptedRegistry registry, String userAndPassword) {
        this.userAndPassword = userAndPassword;
        registry.plant(Integer.MAX_VALUE, "GET /token"::equals, this::token);
        registry.guard(
                exchange -> tokens.contains(authorization(exchange)),
                exchange -> ScriptedRegistry.reply(
                        exchange,
                        401,
                        "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}",
                        "WWW-Authenticate",
                        "Bearer realm=\"http://" + registry.host()
                                + "/token\",service=\"test.example\",scope=\"repository:app:pull\""));
    }

    List<String> queries() {
        return List.copyOf(queries);
    }

    void endAll() {
        tokens.clear();
    }

    private boolean token(HttpExchange exchange) throws IOException {
        queries.add(exchange.getRequestURI().getQuery());
        String wanted = userAndPassword.isEmpty()
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
        if (!authorization(exchange).equals(wanted)) {
            return ScriptedRegistry.reply(exchange, 401, "{\"details\":\"incorrect username or password\"}");
        }
        String token = "token-" + queries.size();
        tokens.add("Bearer " + token);
        return ScriptedRegistry.reply(exchange, 200, "{\"token\":\"" + token + "\",\"expires_in\":300}");
    }

    private static String authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
    }
}
