package dev.slipway.foundation.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request goes through, as the environment variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
 * {@code NO_PROXY} say. Loopback addresses never go through a proxy.
 *
 * @param https proxy for https addresses
 * @param http proxy for http addresses
 * @param direct hosts without a proxy: {@code example.com} and its subdomains, {@code host:port}, {@code 10.0.0.0/8},
 *     or {@code *} for all
 */
public record ProxySettings(Optional<URI> https, Optional<URI> http, List<String> direct) {
    public ProxySettings {
        requireNonNull(https, "https is null");
        requireNonNull(http, "http is null");
        direct = List.copyOf(direct);
    }

    public static ProxySettings none() {
        return new ProxySettings(Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Reads the variables in upper and lower case; lower case wins, as with curl.
     *
     * @throws IllegalArgumentException if a proxy is not an http address
     */
    public static ProxySettings from(Map<String, String> environment) {
        List<String> direct = value(environment, "no_proxy").stream()
                .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .toList();
        return new ProxySettings(
                value(environment, "https_proxy").map(ProxySettings::proxy),
                value(environment, "http_proxy").map(ProxySettings::proxy),
                direct);
    }

    /** The proxy for that address, if it goes through one. */
    public Optional<URI> proxyFor(URI address) {
        Optional<URI> proxy = "https".equalsIgnoreCase(address.getScheme()) ? https : http;
        return proxy.filter(uri -> !NoProxy.covers(direct, address));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static URI proxy(String text) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the proxy address cannot be read", e);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("a proxy is http://host:port, not " + Redaction.of(uri));
        }
        return uri;
    }
}
