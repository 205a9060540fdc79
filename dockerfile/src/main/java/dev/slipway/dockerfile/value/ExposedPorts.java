package dev.slipway.dockerfile.value;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ports of EXPOSE: {@code port[-last][/protocol]}. */
public final class ExposedPorts {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final int HIGHEST = 65_535;

    private ExposedPorts() {}

    /**
     * Reads one expanded word of EXPOSE.
     *
     * <p>An address or a port of the host ({@code ip:host:port}) is tolerated and dropped, as Docker does.
     *
     * @return {@code port/protocol} for each port, ascending
     * @throws InvalidInputException without a place
     */
    public static List<String> parse(String word) {
        int slash = word.indexOf('/');
        String protocol = slash < 0 ? "tcp" : word.substring(slash + 1).toLowerCase(Locale.ROOT);
        String address = slash < 0 ? word : word.substring(0, slash);
        if (slash >= 0 && protocol.isEmpty()) {
            protocol = "tcp";
        }
        if (!PROTOCOLS.contains(protocol)) {
            throw bad(word, "'" + protocol + "' is not tcp, udp or sctp");
        }
        int colon = address.lastIndexOf(':');
        String range = address.substring(colon + 1);
        int[] container = range(word, range);
        if (colon >= 0) {
            checkHost(word, address.substring(0, colon), container);
        }
        List<String> ports = new ArrayList<>();
        for (int port = container[0]; port <= container[1]; port++) {
            ports.add(port + "/" + protocol);
        }
        return List.copyOf(ports);
    }

    private static void checkHost(String word, String host, int[] container) {
        int colon = host.lastIndexOf(':');
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String address = bracketed ? host : colon < 0 ? "" : host.substring(0, colon);
        String port = bracketed ? "" : host.substring(colon + 1);
        if (!address.isEmpty() && !isAddress(address)) {
            throw bad(word, "'" + address + "' is not an IP address");
        }
        if (port.isEmpty() || (colon < 0 && isAddress(port) && port.contains("."))) {
            return;
        }
        int[] published = range(word, port);
        boolean sameLength = published[1] - published[0] == container[1] - container[0];
        if (!sameLength && container[0] != container[1]) {
            throw bad(word, "the two ranges differ in length");
        }
    }

    private static boolean isAddress(String text) {
        String inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return inner.matches("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}")
                || (inner.contains(":") && inner.matches("[0-9a-fA-F:.%]+"));
    }

    private static int[] range(String word, String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            int port = port(word, text);
            return new int[] {port, port};
        }
        int first = port(word, text.substring(0, dash));
        int last = port(word, text.substring(dash + 1));
        if (last < first) {
            throw bad(word, "the range ends before it begins");
        }
        return new int[] {first, last};
    }

    private static int port(String word, String text) {
        if (text.isEmpty()) {
            throw bad(word, "the port is missing");
        }
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad(word, "'" + text + "' is not a port number");
        }
        String digits = text.replaceFirst("^0+(?=.)", "");
        if (digits.length() > 5 || Integer.parseInt(digits) > HIGHEST) {
            throw bad(word, text + " is above " + HIGHEST);
        }
        return Integer.parseInt(digits);
    }

    private static InvalidInputException bad(String word, String why) {
        return new InvalidInputException(
                new Problem("", "EXPOSE " + word, why, "write a port, e.g. 8080, 8000-8010 or 53/udp"));
    }
}
