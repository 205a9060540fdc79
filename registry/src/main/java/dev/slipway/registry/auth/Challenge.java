package dev.slipway.registry.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way to sign in that a server offers.
 *
 * @param scheme lower case, e.g. {@code basic}
 * @param parameters by lower-case name; quotes and escapes are removed
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    public Challenge {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads the values of {@code WWW-Authenticate}. What is not understood is left out, never an error: an answer may
     * offer ways that we need not know.
     */
    public static List<Challenge> parse(List<String> headerValues) {
        return headerValues.stream()
                .flatMap(value -> new ChallengeReader(value).read().stream())
                .toList();
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equals(scheme))
                .findFirst();
    }
}
