package dev.slipway.foundation.http;

import java.net.InetAddress;
import java.util.Locale;

/** Tells the hosts that are this machine, without looking up a name. */
public final class Loopback {
    private Loopback() {}

    /** @param host a name or an address, with or without the brackets of IPv6, without port */
    public static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost") || host.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            return true;
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
