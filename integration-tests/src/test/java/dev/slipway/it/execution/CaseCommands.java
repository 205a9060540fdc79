package dev.slipway.it.execution;

import dev.slipway.engine.plan.Entitlement;
import dev.slipway.engine.request.CommandSettings;
import dev.slipway.engine.request.SecretSource;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Options of a case that concern its commands. */
final class CaseCommands {
    private static final Pattern SECRET = Pattern.compile("id=([^,]+),src=([^,]+)");

    private CaseCommands() {}

    /** The settings with one option more. */
    static CommandSettings with(CommandSettings settings, String option, String value, Path context) {
        return switch (option) {
            case "--secret" -> {
                Matcher secret = SECRET.matcher(value);
                if (!secret.matches()) {
                    throw new IllegalArgumentException("not id=ID,src=PATH: " + value);
                }
                Map<String, SecretSource> secrets = new LinkedHashMap<>(settings.secrets());
                secrets.put(secret.group(1), new SecretSource.OfFile(context.resolve(secret.group(2))));
                yield settings.withSecrets(secrets);
            }
            case "--allow" -> {
                Set<Entitlement> allowed = new HashSet<>(settings.allowed());
                allowed.add(Entitlement.of(value).orElseThrow());
                yield settings.withAllowed(allowed);
            }
            default -> settings.withNetworkless(value.equals("none"));
        };
    }

    /** The options that the peer has: it allows everything. */
    static List<String> ofPeer(List<String> options) {
        return options.stream().filter(option -> !option.startsWith("--allow")).toList();
    }
}
