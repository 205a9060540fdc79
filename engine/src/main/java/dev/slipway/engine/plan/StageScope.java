package dev.slipway.engine.plan;

import dev.slipway.dockerfile.shell.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage's instructions see when they are expanded, and what its commands get: ENV and ARG in one map, in which the
 * later one wins. Confined to one thread.
 */
final class StageScope implements Variables {
    private static final List<String> PROXIES =
            List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

    private final GlobalScope globals;
    private final LinkedHashMap<String, String> values;
    private final LinkedHashMap<String, String> arguments;

    /** The scope of a stage on an image or on nothing. */
    StageScope(GlobalScope globals, Map<String, String> imageEnv) {
        this.globals = globals;
        this.values = new LinkedHashMap<>(imageEnv);
        this.arguments = new LinkedHashMap<>();
    }

    /** The scope of a stage on an earlier stage, whose ARG values go on. */
    StageScope(StageScope parent) {
        this.globals = parent.globals;
        this.values = new LinkedHashMap<>(parent.values);
        this.arguments = new LinkedHashMap<>(parent.arguments);
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    void env(String name, String value) {
        values.put(name, value);
    }

    /**
     * Declares an ARG. A name without any value is not set, which is not the same as empty.
     *
     * @param fallback the expanded default, where the Dockerfile gives one
     * @return the value in force
     */
    Optional<String> arg(String name, Optional<String> fallback) {
        Optional<String> value = globals.given(name).or(() -> fallback).or(() -> globals.get(name));
        value.ifPresent(v -> {
            values.put(name, v);
            arguments.put(name, v);
        });
        return value;
    }

    /** Whether a build argument makes the default of that ARG moot. */
    boolean isGiven(String name) {
        return globals.isGiven(name);
    }

    /** The ARGs with a value so far, for a command's history line. */
    Map<String, String> arguments() {
        return new LinkedHashMap<>(arguments);
    }

    /** The environment of a command: everything declared so far, the proxies last. */
    Map<String, String> commandEnv() {
        LinkedHashMap<String, String> env = new LinkedHashMap<>(values);
        for (String proxy : PROXIES) {
            Optional<String> value = undeclaredProxy(proxy);
            if (value.isPresent()) {
                for (String name : spellings(proxy)) {
                    env.putIfAbsent(name, value.get());
                }
            }
        }
        env.putIfAbsent("PATH", ConfigDraft.DEFAULT_PATH);
        return env;
    }

    private Optional<String> undeclaredProxy(String proxy) {
        return spellings(proxy).stream()
                .flatMap(name -> globals.given(name).stream())
                .findFirst();
    }

    private static List<String> spellings(String proxy) {
        List<String> names = new ArrayList<>();
        names.add(proxy);
        names.add(proxy.toLowerCase(Locale.ROOT));
        return names;
    }
}
