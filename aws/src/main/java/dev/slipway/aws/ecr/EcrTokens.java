package dev.slipway.aws.ecr;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.registry.auth.RegistryCredential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;

/** The token of one region. Whoever comes while it is being got waits for it. Thread-safe. */
final class EcrTokens {
    private static final Duration LIFE_IF_UNSAID = Duration.ofHours(12);

    private final EcrClients clients;
    private final EcrHost host;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable EcrToken token;

    EcrTokens(EcrClients clients, EcrHost host, InstantSource clock) {
        this.clients = clients;
        this.host = host;
        this.clock = clock;
    }

    RegistryCredential get() {
        lock.lock();
        try {
            EcrToken current = token;
            if (current == null || !current.isFresh(clock.instant())) {
                current = renewed(current);
                token = current;
            }
            return current.credential();
        } finally {
            lock.unlock();
        }
    }

    void forget(RegistryCredential refused) {
        lock.lock();
        try {
            EcrToken current = token;
            if (current != null && current.credential().equals(refused)) {
                token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A new token; the old one where the service fails and the old one still holds. */
    private EcrToken renewed(@Nullable EcrToken old) {
        try {
            return fetch();
        } catch (ServiceException e) {
            if (old != null && old.isUsable(clock.instant())) {
                return old;
            }
            throw e;
        }
    }

    private EcrToken fetch() {
        try (EcrClient client = clients.of(host)) {
            Instant now = clock.instant();
            Optional<AuthorizationData> data =
                    client
                            .getAuthorizationToken(
                                    GetAuthorizationTokenRequest.builder().build())
                            .authorizationData()
                            .stream()
                            .filter(entry -> entry.authorizationToken() != null)
                            .findFirst();
            AuthorizationData first = data.orElseThrow(() -> new ServiceException(
                    Problem.of("get a token", "the answer holds none").at("ECR in " + host.region())));
            Instant end = Optional.ofNullable(first.expiresAt()).orElse(now.plus(LIFE_IF_UNSAID));
            return EcrToken.of(first.authorizationToken(), now, end);
        } catch (SdkException e) {
            throw EcrErrors.of(e, host, "get a token", "ecr:GetAuthorizationToken");
        }
    }
}
