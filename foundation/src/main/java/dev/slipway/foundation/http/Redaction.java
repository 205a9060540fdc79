package dev.slipway.foundation.http;

import java.net.URI;

/** Makes an address fit for a message: user info and the values of the query are left out. */
public final class Redaction {
    private Redaction() {}

    public static String of(URI uri) {
        StringBuilder text = new StringBuilder();
        text.append(uri.getScheme()).append("://").append(uri.getHost());
        if (uri.getPort() >= 0) {
            text.append(':').append(uri.getPort());
        }
        text.append(uri.getRawPath() == null ? "" : uri.getRawPath());
        String query = uri.getRawQuery();
        if (query != null) {
            text.append('?').append(query.replaceAll("=[^&]*", "=…"));
        }
        return text.toString();
    }
}
