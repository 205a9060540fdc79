package dev.slipway.engine.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What commands of RUN find.
 *
 * @param extraHosts lines for {@code /etc/hosts}, {@code host -> address}
 */
public record CommandSettings(Map<String, String> extraHosts) {
    /** Nothing but what every command finds. */
    public static final CommandSettings DEFAULT = new CommandSettings(Map.of());

    public CommandSettings {
        extraHosts = Collections.unmodifiableMap(new LinkedHashMap<>(extraHosts));
    }
}
