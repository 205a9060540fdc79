package dev.slipway.registry;

import dev.slipway.foundation.http.Loopback;
import dev.slipway.foundation.http.Redaction;
import dev.slipway.image.reference.ImageReference;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where registries answer. A registry answers at {@code https://<host>}, one on loopback at {@code http://<host>},
 * {@code docker.io} at {@code https://registry-1.docker.io}, and any of them where an entry says so:
 * {@code docker.io=http://127.0.0.1:5000/mirror} finds {@code docker.io/library/busybox} as
 * {@code /v2/mirror/library/busybox/} there.
 *
 * @param endpoints base addresses by the host that image names spell
 */
public record RegistryMap(Map<String, URI> endpoints) {
    public RegistryMap {
        endpoints.forEach(RegistryMap::check);
        endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
    }

    public static RegistryMap none() {
        return new RegistryMap(Map.of());
    }

    /**
     * Reads entries of the form {@code HOST=URL}; the last one for a host wins.
     *
     * @throws IllegalArgumentException naming the entry and its fault
     */
    public static RegistryMap parse(List<String> entries) {
        Map<String, URI> endpoints = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("'" + entry + "' is not HOST=URL");
            }
            String url = entry.substring(equals + 1).strip();
            while (url.endsWith("/")) {
                url = url.substring(0, url.length() - 1);
            }
            String host = entry.substring(0, equals).strip();
            endpoints.put(host, address(host, url));
        }
        return new RegistryMap(endpoints);
    }

    public RegistryTarget target(String registry, String repository) {
        URI endpoint = endpoints.get(registry);
        return new RegistryTarget(registry, endpoint == null ? defaultEndpoint(registry) : endpoint, repository);
    }

    public RegistryTarget target(ImageReference reference) {
        return target(reference.registry(), reference.repository());
    }

    /** Where a registry answers if nothing else is said. */
    public static URI defaultEndpoint(String registry) {
        if (registry.equals("docker.io")) {
            return URI.create("https://registry-1.docker.io");
        }
        URI plain = URI.create("http://" + registry);
        return Loopback.isLoopback(plain.getHost()) ? plain : URI.create("https://" + registry);
    }

    private static URI address(String host, String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            // its message would quote the text, which may hold a password
            throw new IllegalArgumentException("the address of " + host + " cannot be read");
        }
    }

    private static void check(String host, URI url) {
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("the address of " + host + " must begin with https:// or http://");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address of " + host + " has more than host, port and path: " + Redaction.of(url));
        }
        if (url.getRawPath().endsWith("/")) {
            throw new IllegalArgumentException("the address of " + host + " ends with a slash: " + url);
        }
    }
}
