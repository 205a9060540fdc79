package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STS as far as an SDK goes on its way to ECR. */
class StsIT {
    private static final String WEB_IDENTITY =
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fci"
                    + "&RoleSessionName=build&DurationSeconds=900&WebIdentityToken=a.b.c";

    private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");

    @TempDir
    private Path data;

    private LocalEcr ecr;
    private Peer peer;

    @BeforeEach
    void start() {
        ecr = LocalEcr.start(LocalEcrOptions.in(data, clock));
        peer = Peer.of(ecr);
    }

    @AfterEach
    void stop() {
        peer.close();
        ecr.close();
    }

    @Test
    void givesCredentialsForAWebIdentityWithoutASignature() {
        HttpResponse<byte[]> answer = sts(WEB_IDENTITY, Map.of());

        assertThat(answer.statusCode()).as(Peer.text(answer)).isEqualTo(200);
        assertThat(element(answer, "AccessKeyId")).startsWith("ASIA");
        assertThat(element(answer, "SecretAccessKey")).hasSize(40);
        assertThat(element(answer, "Expiration")).isEqualTo("2026-11-23T12:15:00Z");
        assertThat(element(answer, "Arn")).isEqualTo("arn:aws:sts::123456789012:assumed-role/ci/build");
    }

    @Test
    void verifiesTheSignaturesOfItsOwnSessionsAlsoWhereNobodyElseIsVerified() {
        HttpResponse<byte[]> session = sts(WEB_IDENTITY, Map.of());

        HttpResponse<byte[]> refused = identity(session);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(element(refused, "Code")).isIn("SignatureDoesNotMatch", "IncompleteSignature");
    }

    @Test
    void refusesASessionThatHasExpired() {
        HttpResponse<byte[]> session = sts(WEB_IDENTITY, Map.of());
        clock.advance(Duration.ofMinutes(15));

        HttpResponse<byte[]> refused = identity(session);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(element(refused, "Code")).isEqualTo("ExpiredToken");
    }

    @Test
    void refusesAssumeRoleWithoutASignature() {
        HttpResponse<byte[]> refused = sts(
                WEB_IDENTITY.replace("AssumeRoleWithWebIdentity", "AssumeRole").replace("&WebIdentityToken=a.b.c", ""),
                Map.of());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(element(refused, "Code")).isEqualTo("MissingAuthenticationToken");
    }

    @Test
    void refusesARoleThatIsNone() {
        HttpResponse<byte[]> refused = sts(WEB_IDENTITY.replace("role%2Fci", "user%2Fci"), Map.of());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(element(refused, "Code")).isEqualTo("ValidationError");
    }

    @Test
    void doesNotKnowOtherActions() {
        HttpResponse<byte[]> refused = sts("Action=GetFederationToken&Version=2011-06-15", Map.of());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(element(refused, "Code")).isEqualTo("InvalidAction");
    }

    private HttpResponse<byte[]> identity(HttpResponse<byte[]> session) {
        return sts(
                "Action=GetCallerIdentity&Version=2011-06-15",
                Map.of(
                        "Authorization", Peer.signed(element(session, "AccessKeyId"), "us-east-1", "sts"),
                        "X-Amz-Date", "20261123T120000Z",
                        "X-Amz-Security-Token", element(session, "SessionToken")));
    }

    private HttpResponse<byte[]> sts(String form, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(ecr.uri())
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        headers.forEach(request::header);
        return peer.exchange(request.build());
    }

    private static String element(HttpResponse<byte[]> answer, String name) {
        Matcher match = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(Peer.text(answer));
        return match.find() ? match.group(1) : "";
    }
}
