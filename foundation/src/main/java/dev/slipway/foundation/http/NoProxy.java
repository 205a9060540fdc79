package dev.slipway.foundation.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The grammar of {@code NO_PROXY}. Looks up no names. */
final class NoProxy {
    private NoProxy() {}

    static boolean covers(List<String> entries, URI address) {
        String host = bare(address.getHost().toLowerCase(Locale.ROOT));
        int port = address.getPort() >= 0 ? address.getPort() : Origin.defaultPort(address.getScheme());
        return Loopback.isLoopback(host) || entries.stream().anyMatch(entry -> covers(entry, host, port));
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return inNetwork(entry, host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (hasPort) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = bare(name);
        if (name.startsWith("*")) {
            name = name.substring(1);
        }
        if (name.startsWith(".")) {
            name = name.substring(1);
        }
        return host.equals(name) || host.endsWith("." + name);
    }

    private static boolean inNetwork(String entry, String host) {
        int slash = entry.indexOf('/');
        Optional<byte[]> network = literal(entry.substring(0, slash));
        Optional<byte[]> address = literal(host);
        if (network.isEmpty() || address.isEmpty() || network.get().length != address.get().length) {
            return false;
        }
        int bits = network.get().length * 8;
        int prefix;
        try {
            prefix = Integer.parseInt(entry.substring(slash + 1));
        } catch (NumberFormatException e) {
            return false;
        }
        if (prefix < 0 || prefix > bits) {
            return false;
        }
        BigInteger difference = new BigInteger(1, network.get()).xor(new BigInteger(1, address.get()));
        return difference.shiftRight(bits - prefix).signum() == 0;
    }

    private static Optional<byte[]> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
