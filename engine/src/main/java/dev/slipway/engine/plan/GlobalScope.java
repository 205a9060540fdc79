package dev.slipway.engine.plan;

import dev.slipway.dockerfile.shell.Variables;
import dev.slipway.image.model.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values before the first FROM: automatic names, then each global ARG in turn. A build argument replaces the value of
 * either. Confined to one thread.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#scope">Dockerfile reference, scope of ARG</a>
 */
final class GlobalScope implements Variables {
    static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";
    private static final List<String> PROXIES =
            List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");
    /** What the builder itself reads. */
    private static final Set<String> RESERVED = Set.of(
            SOURCE_DATE_EPOCH,
            "BUILDKIT_BUILD_NAME",
            "BUILDKIT_CACHE_MOUNT_NS",
            "BUILDKIT_CONTEXT_KEEP_GIT_DIR",
            "BUILDKIT_DOCKERFILE_CHECK",
            "BUILDKIT_INLINE_CACHE",
            "BUILDKIT_MULTI_PLATFORM",
            "BUILDKIT_SANDBOX_HOSTNAME",
            "BUILDKIT_SBOM_SCAN_CONTEXT",
            "BUILDKIT_SBOM_SCAN_STAGE",
            "BUILDKIT_SYNTAX");

    private final Map<String, String> given;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> automatic;
    private final Set<String> unknown = new HashSet<>();
    private final Map<String, String> proxies;

    GlobalScope(Map<String, String> buildArgs, Platform build, Platform target, String targetStage) {
        given = new LinkedHashMap<>(buildArgs);
        platform("BUILD", build);
        platform("TARGET", target);
        automatic("TARGETSTAGE", targetStage);
        automatic = Set.copyOf(values.keySet());
        proxies = proxies(buildArgs);
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

    /** A proxy may be given in any case, and reaches commands in both; of several spellings the last in order counts. */
    private static Map<String, String> proxies(Map<String, String> buildArgs) {
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, String> sorted = new TreeMap<>(buildArgs);
        for (String proxy : PROXIES) {
            String value = "";
            for (Map.Entry<String, String> argument : sorted.entrySet()) {
                value = argument.getKey().equalsIgnoreCase(proxy) ? argument.getValue() : value;
            }
            if (!value.isEmpty()) {
                found.put(proxy, value);
                found.put(proxy.toLowerCase(Locale.ROOT), value);
            }
        }
        return found;
    }

    boolean isGiven(String name) {
        return given.containsKey(name);
    }

    Optional<String> given(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** Declares a global ARG; the default is not even evaluated where a build argument is given. */
    void declare(String name, Optional<String> value) {
        unknown.remove(name);
        value.ifPresent(v -> values.put(name, v));
    }

    /** Notes that a global ARG has a value that cannot be told. */
    void forget(String name) {
        unknown.add(name);
    }

    /** Puts the resolved SOURCE_DATE_EPOCH in the place of what was asked for; nothing, where it means nothing. */
    void epoch(Optional<String> seconds) {
        for (Map<String, String> place : List.of(given, values)) {
            if (seconds.isEmpty()) {
                place.remove(SOURCE_DATE_EPOCH);
            } else {
                place.replace(SOURCE_DATE_EPOCH, seconds.get());
            }
        }
    }

    /** @throws UnknownValueException if the name's own value is faulty */
    @Override
    public Optional<String> get(String name) {
        if (unknown.contains(name)) {
            throw new UnknownValueException(name);
        }
        return Optional.ofNullable(values.get(name));
    }

    /** What commands get besides their environment, in order. */
    Map<String, String> proxies() {
        return proxies;
    }

    /** The build arguments that nothing of the Dockerfile and no rule of the builder takes. */
    List<String> notConsumed(Collection<String> declared) {
        List<String> left = new ArrayList<>();
        for (String name : given.keySet()) {
            boolean isProxy = PROXIES.contains(name.toUpperCase(Locale.ROOT));
            if (!isProxy && !RESERVED.contains(name) && !automatic.contains(name) && !declared.contains(name)) {
                left.add(name);
            }
        }
        left.sort(null);
        return left;
    }
}
