package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.engine.plan.Entitlement;
import dev.slipway.engine.request.CommandSettings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What commands of RUN find. */
final class CommandOptions {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    /** What docker calls this machine; commands are in its network. */
    private static final String THIS_MACHINE = "host-gateway";

    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--secret",
            paramLabel = "id=ID[,src=PATH|,env=NAME]",
            description = "secret for RUN --mount=type=secret, at most 500 KiB (repeatable)")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--ssh",
            paramLabel = "ID[=SOCKET]",
            description = "agent for RUN --mount=type=ssh; $SSH_AUTH_SOCK by default (repeatable)")
    private List<String> agents = new ArrayList<>();

    @Option(
            names = "--allow",
            paramLabel = "WHAT",
            split = ",",
            description = "grant network.host or security.insecure to RUN (repeatable)")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "MODE",
            description = "network of RUN: none, or by default host, that of this machine")
    private String network = "default";

    @Option(
            names = "--add-host",
            paramLabel = "HOST=IP",
            description = "line for /etc/hosts of RUN; IP may be host-gateway (repeatable)")
    private List<String> addHosts = new ArrayList<>();

    CommandSettings settings(Surroundings surroundings) {
        return new CommandSettings(
                hosts(),
                new SecretOption(surroundings).read(secrets),
                SshOption.read(agents, surroundings),
                allowed(),
                networkless());
    }

    private Map<String, String> hosts() {
        Map<String, String> hosts = new LinkedHashMap<>();
        Assignments.hosts("--add-host", addHosts).forEach((name, address) -> hosts.put(name, address(name, address)));
        return hosts;
    }

    private static String address(String name, String text) {
        String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (address.equals(THIS_MACHINE)) {
            return LOOPBACK;
        }
        if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            throw new InvalidInputException(Problem.of("the address of " + name, "'" + text + "' is not an IP address")
                    .at("--add-host"));
        }
        return address;
    }

    private Set<Entitlement> allowed() {
        Set<Entitlement> all = EnumSet.noneOf(Entitlement.class);
        for (String word : allowed) {
            all.add(Entitlement.of(word)
                    .orElseThrow(() -> new InvalidInputException(new Problem(
                            "--allow",
                            "'" + word + "'",
                            "there is no such thing to be allowed",
                            "write "
                                    + Stream.of(Entitlement.values())
                                            .map(Entitlement::word)
                                            .collect(Collectors.joining(" or "))))));
        }
        return all;
    }

    private boolean networkless() {
        return switch (network) {
            case "default", "host" -> false;
            case "none" -> true;
            default ->
                throw new InvalidInputException(new Problem(
                        "--network", "'" + network + "'", "there is no such network", "write host or none"));
        };
    }
}
