package dev.slipway.localecr;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.http.Endpoint;
import java.io.IOException;
import java.util.Locale;

/** One port for everything: the registry below {@code /v2}, the APIs at {@code POST /}. */
record FrontDoor(Endpoint registry, Endpoint api, Endpoint sts) implements Endpoint {
    @Override
    public Answer handle(Call call) throws IOException {
        if (call.path().equals("/v2") || call.path().startsWith("/v2/")) {
            return registry.handle(call);
        }
        if (!call.method().equals("POST") || !call.path().equals("/")) {
            return Answer.of(404).body("text/plain; charset=utf-8", "404 page not found\n");
        }
        String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") ? sts.handle(call) : api.handle(call);
    }
}
