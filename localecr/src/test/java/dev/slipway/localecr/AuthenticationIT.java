package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.sigv4.AccessKey;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and what the others are told. */
class AuthenticationIT {
    private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");

    @TempDir
    private Path data;

    private LocalEcrOptions options() {
        return LocalEcrOptions.in(data, clock).withRepositories(List.of("app"));
    }

    @Test
    void challengesForBasicWithPlainTextInsteadOfJson() {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer nobody = Peer.withAuthorization(ecr, "")) {
            HttpResponse<byte[]> refused = nobody.get("/v2/");

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(Peer.text(refused).strip()).isEqualTo("Not Authorized");
            assertThat(Peer.header(refused, "Content-Type")).startsWith("text/plain");
            assertThat(Peer.header(refused, "WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"https://000000000000.dkr.ecr.us-east-1.amazonaws.com/\","
                            + "service=\"ecr.amazonaws.com\"");
        }
    }

    @Test
    void refusesGarbageAnotherUserAndBearer() {
        try (LocalEcr ecr = LocalEcr.start(options())) {
            String password = ecr.issuePassword().reveal();
            List<String> wrong = List.of(
                    Peer.basic("AWS", "garbage"),
                    Peer.basic("AWS", password.substring(1)),
                    Peer.basic("somebody", password),
                    "Basic !!!",
                    "Bearer " + password);
            for (String authorization : wrong) {
                try (Peer peer = Peer.withAuthorization(ecr, authorization)) {
                    assertThat(peer.get("/v2/").statusCode()).isEqualTo(401);
                }
            }
        }
    }

    @Test
    void takesAnAuthorizationTokenAsItIsBehindTheWordBasic() {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer api = Peer.of(ecr)) {
            String token = token(api.api("GetAuthorizationToken", "{}"));

            try (Peer peer = Peer.withAuthorization(ecr, "Basic " + token)) {
                assertThat(peer.get("/v2/").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void givesOutPasswordsOfMoreThan1kB() {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer api = Peer.of(ecr)) {
            String pair = new String(
                    Base64.getDecoder().decode(token(api.api("GetAuthorizationToken", "{}"))), StandardCharsets.UTF_8);

            assertThat(pair).startsWith("AWS:").hasSizeGreaterThan(1024);
        }
    }

    @Test
    void answersAnExpiredTokenWith403InsteadOf401() {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.of(ecr)) {
            clock.advance(Duration.ofHours(12).minusSeconds(1));
            assertThat(peer.get("/v2/").statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(1));

            HttpResponse<byte[]> refused = peer.get("/v2/app/tags/list");

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Peer.error(refused))
                    .isEqualTo("DENIED Your authorization token has expired. Reauthenticate and try again.");
        }
    }

    @Test
    void keepsTokensValidAcrossARestart() {
        Secret password;
        try (LocalEcr ecr = LocalEcr.start(options())) {
            password = ecr.issuePassword();
        }
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.withPassword(ecr, password)) {
            assertThat(peer.get("/v2/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesTheTokensOfAnotherStandIn(@TempDir Path otherData) {
        Secret password;
        try (LocalEcr other = LocalEcr.start(LocalEcrOptions.in(otherData, clock))) {
            password = other.issuePassword();
        }
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer peer = Peer.withPassword(ecr, password)) {
            assertThat(peer.get("/v2/").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void servesEveryAccountAndRegionFromOneSetOfRepositories() {
        try (LocalEcr ecr = LocalEcr.start(options());
                Peer api = Peer.of(ecr)) {
            HttpResponse<byte[]> described = api.api(
                    "DescribeRepositories", "{\"registryId\":\"123456789012\"}", "AKIDEXAMPLE000000000", "eu-west-1");

            assertThat(Peer.json(described)
                            .path("repositories")
                            .path(0)
                            .path("repositoryUri")
                            .stringValue())
                    .isEqualTo("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app");
        }
    }

    @Test
    void separatesAccountsAndRegionsByOptionAndRefusesATokenOfAnotherRegion() {
        LocalEcrOptions separate = options()
                .withAccountsAreOne(false)
                .withAccessKeys(List.of(new AccessKey("AKIDOTHER00000000000", "123456789012", Optional.empty())));
        try (LocalEcr ecr = LocalEcr.start(separate);
                Peer api = Peer.of(ecr)) {
            HttpResponse<byte[]> own = api.api("DescribeRepositories", "{}");
            HttpResponse<byte[]> other = api.api("DescribeRepositories", "{}", "AKIDOTHER00000000000", "us-east-1");
            String elsewhere = token(api.api("GetAuthorizationToken", "{}", "AKIDEXAMPLE000000000", "eu-west-1"));

            assertThat(Peer.json(own).path("repositories")).hasSize(1);
            assertThat(Peer.json(other).path("repositories")).isEmpty();
            try (Peer peer = Peer.withAuthorization(ecr, "Basic " + elsewhere)) {
                assertThat(peer.get("/v2/").statusCode()).isEqualTo(401);
            }
        }
    }

    @Test
    void namesTheRegistryOfTheCallerAsProxyEndpoint() {
        RegistryId registry = new RegistryId("123456789012", "cn-north-1");
        try (LocalEcr ecr = LocalEcr.start(options().withRegistry(registry));
                Peer api = Peer.of(ecr)) {
            HttpResponse<byte[]> answer = api.api("GetAuthorizationToken", "{}", "AKIDEXAMPLE000000000", "cn-north-1");

            assertThat(data(answer, "proxyEndpoint"))
                    .isEqualTo("https://123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn");
            assertThat(Peer.json(answer)
                            .path("authorizationData")
                            .path(0)
                            .path("expiresAt")
                            .decimalValue())
                    .isEqualByComparingTo(BigDecimal.valueOf(clock.instant().getEpochSecond() + 12 * 3600));
        }
    }

    private static String token(HttpResponse<byte[]> answer) {
        return data(answer, "authorizationToken");
    }

    private static String data(HttpResponse<byte[]> answer, String member) {
        return Peer.json(answer).path("authorizationData").path(0).path(member).stringValue();
    }
}
