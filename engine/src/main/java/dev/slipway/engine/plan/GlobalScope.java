package dev.slipway.engine.plan;

import dev.slipway.dockerfile.shell.Variables;
import dev.slipway.image.model.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values before the first FROM: automatic names, then each global ARG in turn. A build argument replaces the value of
 * either. Confined to one thread.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#scope">Dockerfile reference, scope of ARG</a>
 */
final class GlobalScope implements Variables {
    private final Map<String, String> given;
    private final Map<String, String> values = new LinkedHashMap<>();

    GlobalScope(Map<String, String> buildArgs, Platform build, Platform target, String targetStage) {
        given = buildArgs;
        platform("BUILD", build);
        platform("TARGET", target);
        automatic("TARGETSTAGE", targetStage);
    }

    private void platform(String prefix, Platform platform) {
        automatic(prefix + "PLATFORM", platform.toString());
        automatic(prefix + "OS", platform.os());
        automatic(prefix + "OSVERSION", platform.osVersion());
        automatic(prefix + "ARCH", platform.architecture());
        automatic(prefix + "VARIANT", platform.variant());
    }

    private void automatic(String name, String value) {
        values.put(name, given.getOrDefault(name, value));
    }

    boolean isGiven(String name) {
        return given.containsKey(name);
    }

    Optional<String> given(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** Declares a global ARG; the default is not even evaluated where a build argument is given. */
    void declare(String name, Optional<String> value) {
        value.ifPresent(v -> values.put(name, v));
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
