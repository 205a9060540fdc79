package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

/**
 * What is the same for all commands of a build.
 *
 * @param cacheNamespace goes before the ids of cache mounts; empty for none
 */
record RunRules(Grants grants, String cacheNamespace) {
    private static final String CACHE_NAMESPACE = "BUILDKIT_CACHE_MOUNT_NS";

    RunRules {
        requireNonNull(grants, "grants is null");
        requireNonNull(cacheNamespace, "cacheNamespace is null");
    }

    static RunRules of(PlanInputs inputs, GlobalScope globals) {
        return new RunRules(inputs.grants(), globals.given(CACHE_NAMESPACE).orElse(""));
    }
}
