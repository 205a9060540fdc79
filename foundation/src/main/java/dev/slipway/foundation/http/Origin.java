package dev.slipway.foundation.http;

import java.net.URI;
import java.util.Locale;

/**
 * Who answers an address: scheme, host and port. Credentials do not travel from one origin to another.
 *
 * @param scheme lower case
 * @param host lower case, IPv6 in brackets
 * @param port the scheme's own where the address names none
 */
public record Origin(String scheme, String host, int port) {
    /** @throws IllegalArgumentException if the address is not absolute */
    public static Origin of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("not an absolute address");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(scheme);
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    static int defaultPort(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return port == defaultPort(scheme) ? scheme + "://" + host : scheme + "://" + host + ":" + port;
    }
}
