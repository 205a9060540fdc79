package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import java.util.regex.Pattern;

/**
 * Names a connector or a secret: {@code account.x}, {@code org.x}, or {@code x} for one of the project.
 *
 * @param identifier letters, digits, {@code _}, {@code $} and, in secrets, {@code -}
 * @param place where it is written
 */
public record Reference(Scope scope, String identifier, Place place) {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][0-9a-zA-Z_$-]{0,127}");

    public Reference {
        requireNonNull(scope, "scope is null");
        requireNonNull(place, "place is null");
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw new IllegalArgumentException("a reference is account.ID, org.ID or ID, where ID has letters, digits"
                    + " and '_' and does not begin with a digit");
        }
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static Reference parse(String text, Place place) {
        if (text.startsWith(Scope.ACCOUNT.prefix())) {
            return new Reference(
                    Scope.ACCOUNT, text.substring(Scope.ACCOUNT.prefix().length()), place);
        }
        if (text.startsWith(Scope.ORG.prefix())) {
            return new Reference(Scope.ORG, text.substring(Scope.ORG.prefix().length()), place);
        }
        return new Reference(Scope.PROJECT, text, place);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return scope.prefix() + identifier;
    }
}
