package dev.slipway.registry.auth;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.Origin;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.RefusedAnswerException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to registries with what signs them: user name and password at once where they are known, a token where
 * the registry has asked for one. What was refused because it had ended is renewed once. Credentials go to the origin
 * that they are for, and to no address that an answer names. Thread-safe.
 */
public final class SignIn {
    private final HttpTransport transport;
    private final Keychain keychain;
    private final BearerTokens tokens;
    private final Map<Origin, Challenge> bearerOf = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock in nanoseconds, for the life of tokens */
    public SignIn(HttpTransport transport, Keychain keychain, LongSupplier nanoTime) {
        this.transport = requireNonNull(transport, "transport is null");
        this.keychain = requireNonNull(keychain, "keychain is null");
        this.tokens = new BearerTokens(transport, nanoTime);
    }

    /**
     * Sends the call; the answer may still be a refusal.
     *
     * @param repeatable whether the call may be sent a second time with a renewed credential
     * @throws CredentialRenewedException if it would have to be, and may not
     */
    public SignedAnswer send(RegistryTarget target, Set<Scope> scopes, HttpCall call, boolean repeatable)
            throws IOException {
        if (!Origin.of(call.uri()).equals(target.origin())) {
            return new SignedAnswer(transport.send(call), List.of(), false);
        }
        Signer signer = new Signer(target, scopes, keychain.credentialFor(target));
        Authorization first = signer.authorization();
        HttpAnswer answer = transport.send(first.sign(call));
        if (answer.status() == 403 && signer.credential.isPresent()) {
            answer = BufferedAnswer.of(answer);
        }
        Optional<Authorization> second = signer.afterRefusal(answer, first);
        if (second.isEmpty()) {
            return new SignedAnswer(answer, secrets(signer, first), signer.credential.isPresent());
        }
        answer.close();
        if (!repeatable) {
            throw new CredentialRenewedException();
        }
        HttpAnswer repeated = transport.send(second.get().sign(call));
        return new SignedAnswer(repeated, secrets(signer, second.get()), signer.credential.isPresent());
    }

    private static List<Secret> secrets(Signer signer, Authorization used) {
        Stream<Secret> own = signer.credential.map(RegistryCredential::password).stream();
        return Stream.concat(own, used.secrets().stream()).toList();
    }

    /** The state of one call. */
    private final class Signer {
        private final RegistryTarget target;
        private final Set<Scope> scopes;
        private Optional<RegistryCredential> credential;

        Signer(RegistryTarget target, Set<Scope> scopes, Optional<RegistryCredential> credential) {
            this.target = target;
            this.scopes = scopes;
            this.credential = credential;
        }

        Authorization authorization() throws IOException {
            @Nullable Challenge bearer = bearerOf.get(target.origin());
            if (bearer != null) {
                return new Authorization.Bearer(token(bearer));
            }
            return credential.<Authorization>map(Authorization.Basic::new).orElseGet(Authorization.None::new);
        }

        /** What to try next, or empty if the answer stands. */
        Optional<Authorization> afterRefusal(HttpAnswer answer, Authorization used) throws IOException {
            if (answer.status() == 401) {
                List<Challenge> offered = Challenge.parse(answer.headerValues("WWW-Authenticate"));
                Optional<Challenge> bearer = Challenge.find(offered, "bearer");
                if (bearer.isPresent()) {
                    return Optional.of(byToken(bearer.get(), used));
                }
                return used instanceof Authorization.Bearer ? Optional.empty() : byNewCredential();
            }
            boolean ended = answer.status() == 403 && used instanceof Authorization.Basic && saysExpired(answer);
            return ended ? byNewCredential() : Optional.empty();
        }

        private Authorization byToken(Challenge bearer, Authorization used) throws IOException {
            bearerOf.put(target.origin(), bearer);
            if (used instanceof Authorization.Bearer) {
                tokens.forget(key(bearer));
            }
            return new Authorization.Bearer(token(bearer));
        }

        private Secret token(Challenge bearer) throws IOException {
            try {
                return tokens.get(key(bearer));
            } catch (RefusedAnswerException refused) {
                boolean asked = refused.status() == 401 || refused.status() == 403;
                if (!asked || byNewCredential().isEmpty()) {
                    throw refused;
                }
                return tokens.get(key(bearer));
            }
        }

        private Optional<Authorization> byNewCredential() {
            if (credential.isEmpty()) {
                return Optional.empty();
            }
            RegistryCredential refused = credential.get();
            keychain.rejected(target, refused);
            Optional<RegistryCredential> renewed = keychain.credentialFor(target);
            if (renewed.isEmpty() || renewed.get().equals(refused)) {
                return Optional.empty();
            }
            credential = renewed;
            return renewed.map(Authorization.Basic::new);
        }

        private BearerTokens.Key key(Challenge bearer) throws IOException {
            URI realm = Realm.of(bearer, target);
            return BearerTokens.Key.of(realm, bearer, scopes, credential);
        }

        private static boolean saysExpired(HttpAnswer answer) throws IOException {
            if (!(answer instanceof BufferedAnswer)) {
                return false;
            }
            String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            return text.toLowerCase(Locale.ROOT).contains("expired");
        }
    }
}
