package dev.slipway.localecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.sigv4.AccessKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** AWS's own command line, with signatures verified. Runs where aws is installed. */
class AwsCliIT {
    private static final String ID = "AKIDEXAMPLE000000000";
    private static final String KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @TempDir
    private Path work;

    private LocalEcr ecr;
    private final Map<String, String> environment = new HashMap<>(
            Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", KEY, "AWS_DEFAULT_REGION", "eu-central-1"));

    @BeforeEach
    void start() {
        Program.require("aws");
        ecr = LocalEcr.start(LocalEcrOptions.in(work.resolve("data"), InstantSource.system())
                .withAccessKeys(List.of(new AccessKey(ID, "123456789012", Optional.of(Secret.of(KEY))))));
    }

    @AfterEach
    void stop() {
        if (ecr != null) {
            ecr.close();
        }
    }

    @Test
    void createsAndDescribesARepositoryInTheCallersAccountAndRegion() throws IOException {
        aws("ecr", "create-repository", "--repository-name", "team/app").expect(0);

        JsonNode described = json(aws("ecr", "describe-repositories"));

        assertThat(described.path("repositories").path(0).path("repositoryUri").stringValue())
                .isEqualTo("123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app");
    }

    @Test
    void getsAPasswordThatOpensTheRegistry() throws IOException {
        String password = aws("ecr", "get-login-password").expect(0).strip();

        try (Peer peer = Peer.withPassword(ecr, Secret.of(password))) {
            assertThat(peer.get("/v2/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void isToldOfAWrongSecretKey() throws IOException {
        environment.put("AWS_SECRET_ACCESS_KEY", "wrong");

        assertThat(aws("ecr", "describe-repositories").output())
                .contains("InvalidSignatureException")
                .contains("The request signature we calculated does not match the signature you provided");
        assertThat(aws("sts", "get-caller-identity").output()).contains("SignatureDoesNotMatch");
    }

    @Test
    void isToldOfAnUnknownKey() throws IOException {
        environment.put("AWS_ACCESS_KEY_ID", "AKIDUNKNOWN000000000");

        assertThat(aws("ecr", "describe-repositories").output())
                .contains("UnrecognizedClientException")
                .contains("The security token included in the request is invalid.");
    }

    @Test
    void learnsWhoItIs() throws IOException {
        JsonNode identity = json(aws("sts", "get-caller-identity"));

        assertThat(identity.path("Account").stringValue()).isEqualTo("123456789012");
        assertThat(identity.path("Arn").stringValue()).isEqualTo("arn:aws:iam::123456789012:user/" + ID);
    }

    @Test
    void assumesARoleAndWorksAsItsSession() throws IOException {
        JsonNode credentials = json(aws(
                        "sts",
                        "assume-role",
                        "--role-arn",
                        "arn:aws:iam::210987654321:role/ci/builder",
                        "--role-session-name",
                        "build-7"))
                .path("Credentials");
        environment.put("AWS_ACCESS_KEY_ID", credentials.path("AccessKeyId").stringValue());
        environment.put(
                "AWS_SECRET_ACCESS_KEY", credentials.path("SecretAccessKey").stringValue());
        environment.put("AWS_SESSION_TOKEN", credentials.path("SessionToken").stringValue());

        assertThat(json(aws("sts", "get-caller-identity")).path("Arn").stringValue())
                .isEqualTo("arn:aws:sts::210987654321:assumed-role/builder/build-7");
        JsonNode created = json(aws("ecr", "create-repository", "--repository-name", "app"));
        assertThat(created.path("repository").path("registryId").stringValue()).isEqualTo("210987654321");
    }

    private Program.Result aws(String service, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("aws", "--endpoint-url", ecr.uri().toString(), "--output", "json", service));
        command.addAll(List.of(arguments));
        return Program.run(work, command, environment);
    }

    private static JsonNode json(Program.Result result) {
        return JsonMapper.shared().readTree(result.expect(0));
    }
}
