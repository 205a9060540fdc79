package dev.slipway.dockerfile.shell;

import java.util.Map;
import java.util.Optional;

/** The variables that an expansion sees; an unset one is absent, an empty one is present. */
@FunctionalInterface
public interface Variables {
    Optional<String> get(String name);

    static Variables of(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return name -> Optional.ofNullable(copy.get(name));
    }
}
