package dev.slipway.localecr;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.http.Endpoint;
import java.io.IOException;

/** Stands for an endpoint that can only be made once the port is known; until then there is nothing to serve. */
final class LateEndpoint implements Endpoint {
    private volatile Endpoint target = call -> Answer.of(503);

    void set(Endpoint endpoint) {
        target = endpoint;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        return target.handle(call);
    }
}
