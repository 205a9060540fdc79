package dev.slipway.cli.wiring;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpBody;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a stand-in that runs elsewhere on this machine for a password of user {@code AWS}, once. It welcomes every access
 * key and checks no signature, so that any will do.
 */
public final class RunningLocalEcr implements Supplier<Secret> {
    private static final Pattern TOKEN = Pattern.compile("\"authorizationToken\"\\s*:\\s*\"([A-Za-z0-9+/=]+)\"");
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final HttpTransport transport;
    private final URI uri;
    private final Instant now;
    private @Nullable Secret password;

    public RunningLocalEcr(HttpTransport transport, URI uri, Instant now) {
        this.transport = requireNonNull(transport, "transport is null");
        this.uri = requireNonNull(uri, "uri is null");
        this.now = requireNonNull(now, "now is null");
    }

    /** @throws ServiceException if nothing answers there, or something that is no stand-in */
    @Override
    public synchronized Secret get() {
        Secret known = password;
        if (known == null) {
            known = ask();
            password = known;
        }
        return known;
    }

    private Secret ask() {
        try (HttpAnswer answer = transport.send(request())) {
            String body = new String(answer.body().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
            Matcher token = TOKEN.matcher(body);
            if (answer.status() != 200 || !token.find()) {
                throw new ServiceException(unanswered("it answered with status " + answer.status()));
            }
            byte[] userAndPassword = Base64.getDecoder().decode(token.group(1));
            return Secret.of(new String(userAndPassword, StandardCharsets.UTF_8).substring("AWS:".length()));
        } catch (IOException e) {
            throw new ServiceException(unanswered(String.valueOf(e.getMessage())), e);
        }
    }

    private HttpCall request() {
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(
                now.atOffset(ZoneOffset.UTC).toLocalDate());
        return HttpCall.of("POST", URI.create(uri + "/"))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIALOCALECR00000000/" + day
                                + "/us-east-1/ecr/aws4_request, SignedHeaders=host," + " Signature=" + "0".repeat(64))
                .body(HttpBody.of("{}".getBytes(StandardCharsets.UTF_8)));
    }

    private Problem unanswered(String why) {
        return new Problem(uri.toString(), "ask the local ECR for a password", why, "start one with slipway local-ecr");
    }
}
