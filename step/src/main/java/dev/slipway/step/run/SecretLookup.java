package dev.slipway.step.run;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.step.connector.SecretSource;
import dev.slipway.step.model.Reference;
import dev.slipway.step.model.SettingOrSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks secrets up and notes those that are missing, so that all are told at once. */
final class SecretLookup {
    private final SecretSource secrets;
    private final List<Problem> missing = new ArrayList<>();

    SecretLookup(SecretSource secrets) {
        this.secrets = secrets;
    }

    Optional<Secret> find(Reference reference) {
        Optional<Secret> secret = secrets.secret(reference.toString());
        if (secret.isEmpty()) {
            String id = reference.identifier();
            missing.add(Problem.of("the secret " + reference + " is not given")
                    .at(reference.place())
                    .remedy("give it with --secret id=" + id + ",env=NAME or --secret id=" + id + ",src=PATH"));
        }
        return secret;
    }

    Optional<String> text(SettingOrSecret setting) {
        return switch (setting) {
            case SettingOrSecret.Plain(String text) -> Optional.of(text);
            case SettingOrSecret.BySecret(Reference reference) ->
                find(reference).map(Secret::reveal);
        };
    }

    /** @throws InvalidInputException with every secret that is missing, if one is */
    void throwIfMissing() {
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing.stream().distinct().toList());
        }
    }
}
