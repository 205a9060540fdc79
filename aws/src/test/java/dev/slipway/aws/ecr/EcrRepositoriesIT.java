package dev.slipway.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.secret.Secret;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Amazon ECR API, DescribeRepositories and CreateRepository. */
class EcrRepositoriesIT {
    private static final String REPOSITORY = """
            {"registryId":"123456789012","repositoryName":"team/app",\
            "repositoryArn":"arn:aws:ecr:eu-west-1:123456789012:repository/team/app",\
            "repositoryUri":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app",\
            "imageTagMutability":"IMMUTABLE"}""";

    private EcrDouble ecr;
    private JdkHttpTransport transport;
    private EcrRepositories repositories;

    @BeforeEach
    void open() throws IOException {
        ecr = new EcrDouble();
        transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
        AwsCredentials keys = new AwsCredentials("AKID", Secret.of("SECRETKEY"), Optional.empty());
        repositories = new EcrRepositories(
                new EcrAccess(new AwsLogin.StaticKeys(keys), Optional.of(ecr.uri())),
                EcrHost.of("123456789012", "eu-west-1"),
                transport);
    }

    @AfterEach
    void close() {
        transport.close();
        ecr.close();
    }

    @Test
    void findsARepository() {
        ecr.answers(200, "{\"repositories\":[" + REPOSITORY + "]}");

        EcrRepository found = repositories.find("team/app").orElseThrow();

        assertThat(found.name()).isEqualTo("team/app");
        assertThat(found.uri()).isEqualTo("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app");
        assertThat(found.tagMutability()).isEqualTo("IMMUTABLE");
        assertThat(ecr.asked.getFirst().header("X-Amz-Target")).endsWith(".DescribeRepositories");
        assertThat(ecr.asked.getFirst().body())
                .isEqualTo("{\"registryId\":\"123456789012\",\"repositoryNames\":[\"team/app\"]}");
    }

    @Test
    void saysThatThereIsNone() {
        ecr.refuses("RepositoryNotFoundException", "The repository does not exist");

        assertThat(repositories.find("team/app")).isEmpty();
    }

    @Test
    void createsARepositoryOrTakesTheOneThatIsThere() {
        ecr.answers(200, "{\"repository\":" + REPOSITORY + "}");
        assertThat(repositories.create("team/app").arn()).endsWith(":repository/team/app");
        assertThat(ecr.asked.getFirst().header("X-Amz-Target")).endsWith(".CreateRepository");

        ecr.refuses("RepositoryAlreadyExistsException", "It exists")
                .answers(200, "{\"repositories\":[" + REPOSITORY + "]}");
        repositories.create("team/app");
        assertThat(repositories.create("team/app").name()).isEqualTo("team/app");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        ecr.refuses("AccessDeniedException", "not authorized");

        assertThatExceptionOfType(NotAllowedException.class)
                .isThrownBy(() -> repositories.create("team/app"))
                .withMessage("ECR in eu-west-1: create the repository team/app: AccessDeniedException: not authorized;"
                        + " allow the connector's identity ecr:CreateRepository");
    }
}
