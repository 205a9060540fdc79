package dev.slipway.engine.request;

import dev.slipway.engine.plan.Entitlement;
import dev.slipway.engine.plan.Grants;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What commands of RUN find.
 *
 * @param extraHosts lines for {@code /etc/hosts}, {@code host -> address}
 * @param secrets by the id that {@code --mount=type=secret} names
 * @param sshAgents sockets of agents, by the id that {@code --mount=type=ssh} names
 * @param allowed what the Dockerfile may ask for
 * @param networkless whether commands that do not ask for a network see none
 */
public record CommandSettings(
        Map<String, String> extraHosts,
        Map<String, SecretSource> secrets,
        Map<String, Path> sshAgents,
        Set<Entitlement> allowed,
        boolean networkless) {
    /** Nothing but what every command finds. */
    public static final CommandSettings DEFAULT = new CommandSettings(Map.of(), Map.of(), Map.of(), Set.of(), false);

    public CommandSettings {
        extraHosts = Collections.unmodifiableMap(new LinkedHashMap<>(extraHosts));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        sshAgents = Collections.unmodifiableMap(new LinkedHashMap<>(sshAgents));
        allowed = Set.copyOf(allowed);
    }

    /** With other lines for {@code /etc/hosts}. */
    public CommandSettings withExtraHosts(Map<String, String> others) {
        return new CommandSettings(others, secrets, sshAgents, allowed, networkless);
    }

    /** With other secrets. */
    public CommandSettings withSecrets(Map<String, SecretSource> others) {
        return new CommandSettings(extraHosts, others, sshAgents, allowed, networkless);
    }

    /** With other agents. */
    public CommandSettings withSshAgents(Map<String, Path> others) {
        return new CommandSettings(extraHosts, secrets, others, allowed, networkless);
    }

    /** With other things allowed. */
    public CommandSettings withAllowed(Set<Entitlement> others) {
        return new CommandSettings(extraHosts, secrets, sshAgents, others, networkless);
    }

    /** With a network for commands that do not ask for one, or without. */
    public CommandSettings withNetworkless(boolean other) {
        return new CommandSettings(extraHosts, secrets, sshAgents, allowed, other);
    }

    /** As far as planning has to know it. */
    public Grants grants() {
        return new Grants(secrets.keySet(), sshAgents.keySet(), allowed, false);
    }
}
