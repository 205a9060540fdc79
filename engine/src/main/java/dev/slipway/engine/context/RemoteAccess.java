package dev.slipway.engine.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;

/**
 * How a build reaches servers other than registries.
 *
 * @param http stays its owner's, who closes it
 * @param proxies for programs that speak HTTP themselves
 * @param retry of downloads
 * @param gitSilence how long git may write nothing before it is given up
 */
public record RemoteAccess(HttpTransport http, ProxySettings proxies, Retry retry, Duration gitSilence) {
    private static final Duration USUAL_SILENCE = Duration.ofMinutes(5);

    /** For builds whose Dockerfiles name no URL: a download fails. */
    public static final RemoteAccess NONE = of(new NoTransport(), ProxySettings.none(), Retry.of(RetryPolicy.never()));

    public RemoteAccess {
        requireNonNull(http, "http is null");
        requireNonNull(proxies, "proxies is null");
        requireNonNull(retry, "retry is null");
        requireNonNull(gitSilence, "gitSilence is null");
    }

    /** With five minutes of silence for git. */
    public static RemoteAccess of(HttpTransport http, ProxySettings proxies, Retry retry) {
        return new RemoteAccess(http, proxies, retry, USUAL_SILENCE);
    }

    private static final class NoTransport implements HttpTransport {
        @Override
        public HttpAnswer send(HttpCall call) throws IOException {
            throw new IOException("this build may not reach any server");
        }

        @Override
        public void close() {}
    }
}
