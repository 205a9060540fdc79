package dev.slipway.engine.plan;

import java.util.Set;

/**
 * What commands of a build are given, as far as their planning has to know it.
 *
 * @param secrets ids of the secrets
 * @param sshAgents ids of the agents
 * @param everything whether all that may be asked for is there: for who only looks at a file
 */
public record Grants(Set<String> secrets, Set<String> sshAgents, Set<Entitlement> allowed, boolean everything) {
    public static final Grants NONE = new Grants(Set.of(), Set.of(), Set.of(), false);
    public static final Grants EVERYTHING = new Grants(Set.of(), Set.of(), Set.of(), true);

    public Grants {
        secrets = Set.copyOf(secrets);
        sshAgents = Set.copyOf(sshAgents);
        allowed = Set.copyOf(allowed);
    }

    boolean hasSecret(String id) {
        return everything || secrets.contains(id);
    }

    boolean hasSshAgent(String id) {
        return everything || sshAgents.contains(id);
    }

    boolean allows(Entitlement entitlement) {
        return everything || allowed.contains(entitlement);
    }
}
