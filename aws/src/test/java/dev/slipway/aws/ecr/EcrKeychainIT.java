package dev.slipway.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.RegistryCredential;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wire between us and ECR's API, and what its answers mean. */
class EcrKeychainIT {
    private static final String HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private static final Instant START = Instant.parse("2027-01-15T08:00:00Z");

    private EcrDouble ecr;
    private HttpTransport transport;
    private Instant now = START;

    @BeforeEach
    void open() throws IOException {
        ecr = new EcrDouble();
        transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    }

    @AfterEach
    void close() {
        transport.close();
        ecr.close();
    }

    /** Amazon ECR API, GetAuthorizationToken; AWS Signature Version 4. */
    @Test
    void asksForATokenOnTheWireAsEcrExpects() {
        ecr.answers(200, token("secret", 12));

        RegistryCredential credential = keychain(keys("AKIDEXAMPLE", "TOKEN"))
                .credentialFor(registry(HOST))
                .orElseThrow();

        assertThat(credential).isEqualTo(new RegistryCredential("AWS", Secret.of("secret")));
        EcrDouble.Asked asked = ecr.asked.getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/");
        assertThat(asked.body()).isEqualTo("{}");
        assertThat(asked.header("X-Amz-Target"))
                .isEqualTo("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken");
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(asked.header("Host")).isEqualTo(ecr.uri().getAuthority());
        assertThat(asked.header("X-Amz-Security-Token")).isEqualTo("TOKEN");
        assertThat(asked.header("X-Amz-Date")).matches("\\d{8}T\\d{6}Z");
        assertThat(asked.header("Authorization"))
                .matches("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/ecr/aws4_request, "
                        + "SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-amz-date;[a-z0-9;-]*, Signature=[0-9a-f]{64}");
        assertThat(String.join("", asked.headers().values())).doesNotContain("SECRETKEY");
    }

    @Test
    void asksOnceForAllRegistriesOfARegion() {
        ecr.answers(200, token("secret", 12));
        EcrKeychain keychain = keychain(keys("AKID", ""));

        keychain.credentialFor(registry(HOST));
        keychain.credentialFor(registry("210987654321.dkr.ecr.eu-west-1.amazonaws.com"));
        assertThat(ecr.asked).hasSize(1);
        keychain.credentialFor(registry("123456789012.dkr.ecr.us-east-1.amazonaws.com"));
        assertThat(ecr.asked).hasSize(2);
        assertThat(ecr.asked.get(1).header("Authorization")).contains("/us-east-1/ecr/aws4_request");
    }

    @Test
    void renewsATokenAtHalfOfItsLife() {
        ecr.answers(200, token("first", 12)).answers(200, token("second", 24));
        EcrKeychain keychain = keychain(keys("AKID", ""));

        assertThat(password(keychain)).isEqualTo("first");
        now = START.plus(Duration.ofHours(6));
        assertThat(password(keychain)).isEqualTo("first");
        now = START.plus(Duration.ofHours(6)).plusSeconds(1);
        assertThat(password(keychain)).isEqualTo("second");
    }

    @Test
    void keepsATokenThatStillHoldsWhenTheServiceFails() {
        ecr.answers(200, token("first", 12)).answers(500, "");
        EcrKeychain keychain = keychain(keys("AKID", ""));

        assertThat(password(keychain)).isEqualTo("first");
        now = START.plus(Duration.ofHours(7));
        assertThat(password(keychain)).isEqualTo("first");
        now = START.plus(Duration.ofHours(12)).plusSeconds(1);
        assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> password(keychain));
    }

    @Test
    void renewsATokenThatARegistryRefused() {
        ecr.answers(200, token("first", 12)).answers(200, token("second", 12));
        EcrKeychain keychain = keychain(keys("AKID", ""));
        RegistryCredential first = keychain.credentialFor(registry(HOST)).orElseThrow();

        keychain.rejected(registry(HOST), first);
        assertThat(password(keychain)).isEqualTo("second");
        keychain.rejected(registry(HOST), first);
        assertThat(password(keychain)).isEqualTo("second");
        assertThat(ecr.asked).hasSize(2);
    }

    @Test
    void givesATokenToItsOwnHostsAlone() {
        ecr.answers(200, token("secret", 12));
        EcrKeychain keychain = keychain(keys("AKID", ""));

        assertThat(keychain.credentialFor(registry("docker.io"))).isEmpty();
        assertThat(keychain.credentialFor(registry("public.ecr.aws"))).isEmpty();
        assertThat(keychain.credentialFor(mirrored("http://10.0.0.1:5000"))).isEmpty();
        assertThat(ecr.asked).isEmpty();
        assertThat(keychain.credentialFor(mirrored(ecr.uri().toString()))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UnrecognizedClientException | The security token is invalid. | check access key and secret key of the connector
            InvalidSignatureException | The signature does not match. | check access key and secret key of the connector
            InvalidSignatureException | Signature expired: 1 is now earlier than 2 | set the clock of this machine
            ExpiredTokenException | The token has expired | the session has ended: give a new access key and token
            AccessDeniedException | User x is not authorized | allow the connector's identity ecr:GetAuthorizationToken
            """)
    void saysWhatToDoAboutARefusal(String code, String message, String remedy) {
        ecr.refuses(code, message);

        assertThatExceptionOfType(NotAllowedException.class)
                .isThrownBy(() -> password(keychain(keys("AKID", ""))))
                .withMessage("ECR in eu-west-1: get a token: " + code + ": " + message + "; " + remedy);
    }

    @Test
    void triesAgainWhenItIsThrottledAndThenSaysSo() {
        ecr.refuses("ThrottlingException", "Rate exceeded");

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> password(keychain(keys("AKID", ""))))
                .withMessage("ECR in eu-west-1: get a token: ThrottlingException: Rate exceeded; try again later");
        assertThat(ecr.asked).hasSizeGreaterThan(1);
    }

    @Test
    void survivesAServiceThatStumblesOnce() {
        ecr.answers(503, "").answers(200, token("secret", 12));

        assertThat(password(keychain(keys("AKID", "")))).isEqualTo("secret");
    }

    @Test
    void saysThatNobodyAnswers() {
        URI nobody = ecr.uri();
        ecr.close();

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> password(keychain(keys("AKID", ""))))
                .withMessageStartingWith("ECR in eu-west-1: get a token: ")
                .withMessageContaining(String.valueOf(nobody.getPort()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | get a token: the answer holds none
            {"authorizationData":[]} | get a token: the answer holds none
            {"authorizationData":[{"authorizationToken":"AAAA"}]} | get a token of ECR: the token is not user:password in Base64
            """)
    void refusesAnAnswerWithoutAToken(String body, String fault) {
        ecr.answers(200, body);

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> password(keychain(keys("AKID", ""))))
                .withMessageEndingWith(fault);
    }

    @Test
    void getsATokenAheadOfItsUse() {
        ecr.answers(200, token("secret", 12));
        EcrKeychain keychain = keychain(keys("AKID", ""));
        try (TaskScope scope = new TaskScope(1)) {
            keychain.prefetch(scope, EcrHost.parse(HOST).orElseThrow());
            scope.join();
        }

        assertThat(ecr.asked).hasSize(1);
        assertThat(password(keychain)).isEqualTo("secret");
        assertThat(ecr.asked).hasSize(1);
    }

    @Test
    void aRefusedIdentityEndsTheWorkBesideItAtOnce() {
        ecr.refuses("AccessDeniedException", "no");
        EcrKeychain keychain = keychain(keys("AKID", ""));
        try (TaskScope scope = new TaskScope(2)) {
            var work = scope.fork("work", () -> {
                Thread.sleep(Duration.ofMinutes(5));
                return "";
            });
            keychain.prefetch(scope, EcrHost.parse(HOST).orElseThrow());

            assertThatExceptionOfType(NotAllowedException.class).isThrownBy(scope::join);
            assertThat(work).isDone();
        }
    }

    private EcrKeychain keychain(AwsCredentials keys) {
        EcrAccess access = new EcrAccess(new AwsLogin.StaticKeys(keys), Optional.of(ecr.uri()));
        return new EcrKeychain(access, transport, () -> now);
    }

    private static AwsCredentials keys(String id, String sessionToken) {
        Optional<Secret> token = sessionToken.isEmpty() ? Optional.empty() : Optional.of(Secret.of(sessionToken));
        return new AwsCredentials(id, Secret.of("SECRETKEY"), token);
    }

    private static String password(EcrKeychain keychain) {
        return keychain.credentialFor(registry(HOST)).orElseThrow().password().reveal();
    }

    private static RegistryTarget registry(String host) {
        return RegistryMap.none().target(host, "app");
    }

    private static RegistryTarget mirrored(String url) {
        return RegistryMap.parse(List.of(HOST + "=" + url)).target(HOST, "app");
    }

    private static String token(String password, int hours) {
        String pair = Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8));
        long end = START.plus(Duration.ofHours(hours)).getEpochSecond();
        return "{\"authorizationData\":[{\"authorizationToken\":\"" + pair + "\",\"expiresAt\":" + end
                + ".123,\"proxyEndpoint\":\"https://" + HOST + "\"}]}";
    }
}
