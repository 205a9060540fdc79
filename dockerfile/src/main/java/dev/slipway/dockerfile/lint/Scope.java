package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.Variables;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The variables at one point of a file: those with a value, and those that ARG has declared without one. Confined to one
 * thread.
 */
final class Scope implements Variables {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** Never in the environment, even where they are declared. */
    private static final Set<String> NEVER_EXPORTED = Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> declared = new HashSet<>();
    private final Set<String> uncertain = new HashSet<>();
    private final boolean complete;

    private Scope(boolean complete) {
        this.complete = complete;
    }

    /** The scope before the first line. */
    static Scope ofFile(Map<String, String> automatic) {
        Scope scope = new Scope(true);
        scope.values.putAll(automatic);
        return scope;
    }

    /** The scope of a stage that stands on an image, or on nothing. */
    static Scope ofImage(Map<String, String> environment) {
        Scope scope = new Scope(true);
        scope.values.putAll(environment);
        scope.values.putIfAbsent("PATH", DEFAULT_PATH);
        return scope;
    }

    /** The scope of a stage that stands on an image whose variables nobody knows. */
    static Scope ofUnknownImage() {
        Scope scope = new Scope(false);
        scope.values.put("PATH", DEFAULT_PATH);
        return scope;
    }

    /** The scope of a stage that stands on a stage. */
    Scope child() {
        Scope scope = new Scope(complete);
        scope.values.putAll(values);
        scope.declared.addAll(declared);
        scope.uncertain.addAll(uncertain);
        return scope;
    }

    void set(String name, String value) {
        uncertain.remove(name);
        values.put(name, value);
    }

    /** Sets what has a value that nobody knows. */
    void setUncertain(String name) {
        values.put(name, "");
        uncertain.add(name);
    }

    void declare(String name, Optional<String> value) {
        declared.add(name);
        uncertain.remove(name);
        value.filter(_ -> !NEVER_EXPORTED.contains(name)).ifPresent(text -> values.put(name, text));
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names that a text uses and that nothing has defined. */
    List<String> undefined(Expansion expansion) {
        return expansion.undefined().stream()
                .filter(name -> !declared.contains(name) && !NEVER_EXPORTED.contains(name))
                .toList();
    }

    /** Whether every variable is known, so that one which is not here is nowhere. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the text is sure to mean what the expansion has made of it. */
    boolean knows(Expansion expansion) {
        return (complete || undefined(expansion).isEmpty())
                && expansion.used().stream().noneMatch(uncertain::contains);
    }

    /** The names with a value or a declaration, some twice. */
    Stream<String> names() {
        return Stream.concat(values.keySet().stream(), declared.stream());
    }
}
