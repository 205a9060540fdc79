package dev.slipway.registry.endpoint;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.http.ExchangeException;
import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.Origin;
import dev.slipway.foundation.http.RetryAfter;
import dev.slipway.foundation.retry.Advice;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.SignIn;
import dev.slipway.registry.auth.SignedAnswer;
import dev.slipway.registry.error.ErrorText;
import dev.slipway.registry.error.MalformedAnswerException;
import dev.slipway.registry.error.RefusedAnswerException;
import dev.slipway.registry.error.RegistryErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Carries out calls to registries: finds them, signs in, repeats what may be repeated, explains what fails. Thread-safe;
 * one is shared by all sources and targets of a command, so that tokens are fetched once.
 */
public final class RegistryAccess {
    private final RegistryMap map;
    private final Retry retry;
    private final SignIn signIn;

    /** The transport stays the caller's, who closes it. */
    public RegistryAccess(HttpTransport transport, RegistryMap map, Keychain keychain, Retry retry) {
        this.map = requireNonNull(map, "map is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.signIn = new SignIn(transport, keychain, System::nanoTime);
    }

    public RegistryTarget target(ImageReference reference) {
        return map.target(reference);
    }

    /**
     * Makes the call, repeating it as the policy says.
     *
     * @throws SlipwayException if it fails for good
     */
    public <T> T call(RegistryCall<T> call) {
        return explained(() -> call, () -> once(call));
    }

    /**
     * Repeats work that is made of several requests as the policy says.
     *
     * @param current the request that the work is at, for the explanation
     * @throws SlipwayException if it fails for good
     */
    public <T> T explained(Supplier<? extends RegistryRequest> current, Retry.Attempt<T> work) {
        try {
            return retry.call(work, RegistryAccess::advice);
        } catch (IOException e) {
            throw explain(current.get(), e);
        }
    }

    /** Makes the call once. */
    public <T> T once(RegistryCall<T> call) throws IOException {
        try (HttpAnswer answer = open(call)) {
            return call.read(answer);
        }
    }

    /** Sends the request once; the answer, of an accepted status, is the caller's to read and close. */
    public HttpAnswer open(RegistryRequest request) throws IOException {
        SignedAnswer signed = signIn.send(request.target(), request.scopes(), request.toHttp(), request.repeatable());
        HttpAnswer answer = signed.answer();
        if (request.accepts(answer.status())) {
            return answer;
        }
        try (answer) {
            Origin by = Origin.of(answer.uri());
            throw new RefusedAnswerException(
                    by.equals(request.target().origin()) ? "the registry" : by.toString(),
                    answer.status(),
                    ErrorText.of(answer, signed.secrets()),
                    RetryAfter.of(answer),
                    signed.signedIn());
        }
    }

    public static SlipwayException explain(RegistryRequest request, IOException failure) {
        return RegistryErrors.explain(request.subject(), request.describe(), request.target(), failure);
    }

    /** Whether a failure may pass. */
    static Advice advice(IOException failure) {
        return switch (failure) {
            case RefusedAnswerException refused
            when refused.passing() -> Advice.againAfter(refused.retryAfter().orElse(Duration.ZERO));
            case RefusedAnswerException refused when refused.sessionLost() -> Advice.AGAIN;
            case RefusedAnswerException _, MalformedAnswerException _ -> Advice.GIVE_UP;
            case ExchangeException broken ->
                switch (broken.kind()) {
                    case NOT_CONNECTED, PROXY, CLOSED, STALLED, OTHER -> Advice.AGAIN;
                    case UNKNOWN_HOST, TLS, REDIRECT -> Advice.GIVE_UP;
                };
            default -> Advice.AGAIN;
        };
    }
}
