package dev.slipway.engine.plan;

import dev.slipway.dockerfile.shell.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stage's instructions see when they are expanded, and what its commands get: ENV and ARG in one map, in which the
 * later one wins. Where the base is not known yet, a name that the Dockerfile does not set is unknown, too. Confined to one
 * thread.
 */
final class StageScope implements Variables {
    /** Arguments that commands never see. */
    private static final Set<String> NOT_EXPORTED = Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

    private final GlobalScope globals;
    private Bindings<String> values;
    private Bindings<String> arguments;
    private Bindings<Boolean> unknown = Bindings.none();
    private boolean baseIsKnown;

    private StageScope(GlobalScope globals, Bindings<String> values, Bindings<String> arguments, boolean baseIsKnown) {
        this.globals = globals;
        this.values = values;
        this.arguments = arguments;
        this.baseIsKnown = baseIsKnown;
    }

    /** The scope of a stage on an image or on nothing. */
    static StageScope on(GlobalScope globals, Bindings<String> imageEnv) {
        return new StageScope(globals, imageEnv, Bindings.none(), true);
    }

    /** The scope of a stage on an image that nobody has looked at yet. */
    static StageScope onUnknown(GlobalScope globals) {
        return new StageScope(globals, Bindings.none(), Bindings.none(), false);
    }

    /** The scope of a stage on the one that this scope is of, whose ARG values go on. */
    StageScope child() {
        StageScope child = new StageScope(globals, values, arguments, baseIsKnown);
        child.unknown = unknown;
        return child;
    }

    /** @throws UnknownValueException if it cannot be told without the base image */
    @Override
    public Optional<String> get(String name) {
        Optional<String> value = unknown.get(name).orElse(false) ? Optional.empty() : values.get(name);
        if (value.isEmpty() && (!baseIsKnown || unknown.get(name).orElse(false))) {
            throw new UnknownValueException(name);
        }
        return value;
    }

    boolean baseIsKnown() {
        return baseIsKnown;
    }

    void env(String name, String value) {
        values = values.with(name, value);
        if (unknown.get(name).orElse(false)) {
            unknown = unknown.with(name, false);
        }
    }

    /** Notes that the name gets a value that cannot be told yet. */
    void forget(String name) {
        unknown = unknown.with(name, true);
    }

    /** Notes that any name may have got a value that cannot be told yet. */
    void forgetAll() {
        values = Bindings.none();
        unknown = Bindings.none();
        baseIsKnown = false;
    }

    /**
     * Declares an ARG. A name without any value is not set, which is not the same as empty.
     *
     * @param fallback the expanded default, where the Dockerfile gives one
     * @return the value in force
     */
    Optional<String> arg(String name, Optional<String> fallback) {
        Optional<String> value = globals.given(name).or(() -> fallback).or(() -> globals.get(name));
        if (!NOT_EXPORTED.contains(name)) {
            value.ifPresent(v -> env(name, v));
        }
        arguments = arguments.with(name, value.orElse(""));
        return value;
    }

    /** Whether a build argument makes the default of that ARG moot. */
    boolean isGiven(String name) {
        return globals.isGiven(name);
    }

    /** Every ARG so far for a command's history line, with the value that the command sees; empty where it has none. */
    Map<String, String> arguments() {
        Map<String, String> seen = new LinkedHashMap<>(arguments.toMap());
        seen.replaceAll((name, declared) -> values.get(name).orElse(declared));
        return seen;
    }

    /** The environment of a command at this point. */
    Environment commandEnv() {
        return new Environment(values, globals.proxies());
    }
}
