package dev.slipway.foundation.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the transport behaves.
 *
 * @param userAgent what it calls itself, e.g. {@code slipway/1.0}
 * @param proxies which requests go through a proxy
 * @param connectTimeout to open a connection
 * @param stallTimeout an exchange ends when no byte has moved for so long
 * @param answerTimeout how long a service may think after it has received a body; longer, because a registry may first
 *     have to store gigabytes elsewhere
 * @param tls whom to trust; empty for the trust of the JDK
 */
public record HttpSettings(
        String userAgent,
        ProxySettings proxies,
        Duration connectTimeout,
        Duration stallTimeout,
        Duration answerTimeout,
        Optional<SSLContext> tls) {
    public HttpSettings {
        requireNonNull(userAgent, "userAgent is null");
        requireNonNull(proxies, "proxies is null");
        requireNonNull(connectTimeout, "connectTimeout is null");
        requireNonNull(stallTimeout, "stallTimeout is null");
        requireNonNull(answerTimeout, "answerTimeout is null");
        requireNonNull(tls, "tls is null");
    }

    /** No proxies, 20 s to connect, 60 s without a byte, 5 min for an answer to a body. */
    public static HttpSettings forVersion(String version) {
        return new HttpSettings(
                "slipway/" + version,
                ProxySettings.none(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Optional.empty());
    }

    public HttpSettings proxies(ProxySettings newProxies) {
        return new HttpSettings(userAgent, newProxies, connectTimeout, stallTimeout, answerTimeout, tls);
    }

    public HttpSettings timeouts(Duration connect, Duration stall, Duration answer) {
        return new HttpSettings(userAgent, proxies, connect, stall, answer, tls);
    }

    public HttpSettings tls(SSLContext context) {
        return new HttpSettings(userAgent, proxies, connectTimeout, stallTimeout, answerTimeout, Optional.of(context));
    }
}
