package dev.slipway.engine.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The environment of a command, as it was declared where the command stands. Immutable; small however long it is. */
public final class Environment {
    private final Bindings<String> declared;
    private final Map<String, String> proxies;

    Environment(Bindings<String> declared, Map<String, String> proxies) {
        this.declared = declared;
        this.proxies = proxies;
    }

    /** The variables in order: what was declared, then the proxies, whose value wins; PATH always. */
    public SequencedMap<String, String> variables() {
        SequencedMap<String, String> variables = new LinkedHashMap<>(declared.toMap());
        proxies.forEach((name, value) -> {
            variables.remove(name);
            variables.put(name, value);
        });
        variables.putIfAbsent("PATH", ConfigDraft.DEFAULT_PATH);
        return Collections.unmodifiableSequencedMap(variables);
    }

    @Override
    public String toString() {
        return variables().keySet().toString();
    }
}
