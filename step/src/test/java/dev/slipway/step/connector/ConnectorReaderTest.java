package dev.slipway.step.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.step.model.AwsConnector;
import dev.slipway.step.model.DockerRegistryConnector;
import dev.slipway.step.model.SettingOrSecret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference: settings of AWS and Docker registry connectors. */
class ConnectorReaderTest {
    private static final String AWS = """
            connector:
              name: AWS CI
              identifier: aws_ci
              type: Aws
              spec:
                credential:
                  type: ManualConfig
                  region: us-east-1
                  spec:
                    accessKeyRef: account.aws_key
                    secretKeyRef: aws-secret
                    sessionTokenRef: org.aws_token
                delegateSelectors: [build]
                executeOnDelegate: true
            """;
    private static final String HUB = """
            connector:
              identifier: hub
              type: DockerRegistry
              spec:
                dockerRegistryUrl: https://index.docker.io/v2/
                providerType: DockerHub
                auth:
                  type: UsernamePassword
                  spec:
                    username: robot
                    passwordRef: account.hub_pat
            """;

    @Test
    void readsAnAwsConnectorWithAnAccessKey() {
        ConnectorFile file = read(AWS);

        assertThat(file.id()).hasToString("account.aws_ci");
        AwsConnector aws = (AwsConnector) file.connector().orElseThrow();
        assertThat(aws.accessKey())
                .isInstanceOfSatisfying(
                        SettingOrSecret.BySecret.class,
                        by -> assertThat(by.secret()).hasToString("account.aws_key"));
        assertThat(aws.secretKeyRef()).hasToString("aws-secret");
        assertThat(aws.secretKeyRef().place()).hasToString("c.yaml:11:23");
        assertThat(aws.sessionTokenRef())
                .hasValueSatisfying(token -> assertThat(token).hasToString("org.aws_token"));
    }

    @Test
    void takesAnAccessKeyThatIsWrittenDown() {
        AwsConnector aws = (AwsConnector) read(AWS.replace("accessKeyRef: account.aws_key", "accessKey: AKIDEXAMPLE"))
                .connector()
                .orElseThrow();

        assertThat(aws.accessKey()).isEqualTo(new SettingOrSecret.Plain("AKIDEXAMPLE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | account.aws_ci
            'orgIdentifier: default' | org.aws_ci
            'orgIdentifier: default, projectIdentifier: demo' | aws_ci
            """)
    void isOfTheScopeThatItNames(String lines, String id) {
        String text = AWS.replace(
                "  type: Aws\n", "  type: Aws\n" + lines.replace(", ", "\n").indent(2));

        assertThat(read(text).id()).hasToString(id);
    }

    @Test
    void readsARegistryWithUserAndPassword() {
        DockerRegistryConnector hub =
                (DockerRegistryConnector) read(HUB).connector().orElseThrow();

        assertThat(hub.registry()).isEqualTo("docker.io");
        assertThat(hub.login().orElseThrow().username()).isEqualTo(new SettingOrSecret.Plain("robot"));
        assertThat(hub.login().orElseThrow().passwordRef()).hasToString("account.hub_pat");
    }

    @Test
    void readsAnAnonymousRegistry() {
        String text = HUB.substring(0, HUB.indexOf("      type: Username")) + "      type: Anonymous\n";

        assertThat(((DockerRegistryConnector) read(text).connector().orElseThrow()).login())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v2/, docker.io",
        "https://index.docker.io/v1/, docker.io",
        "https://registry.hub.docker.com/v2/, docker.io",
        "https://quay.io, quay.io",
        "harbor.example.com:8443, harbor.example.com:8443",
        "http://Registry.Example.com/, registry.example.com"
    })
    void knowsTheRegistryOfAnAddress(String url, String registry) {
        String text = HUB.replace("https://index.docker.io/v2/", url);

        assertThat(((DockerRegistryConnector) read(text).connector().orElseThrow()).registry())
                .isEqualTo(registry);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type: ManualConfig | type: Irsa | 7:7: connector.spec.credential.type Irsa: not supported yet: the identity of a service account; use an access key (ManualConfig)
            type: ManualConfig | type: InheritFromDelegate | 7:7: connector.spec.credential.type InheritFromDelegate: not supported yet: the identity of the machine; use an access key (ManualConfig)
            type: ManualConfig | type: Magic | 7:7: connector.spec.credential.type 'Magic': expected one of ManualConfig, InheritFromDelegate, Irsa, OidcAuthentication
            region: us-east-1 | crossAccountAccess: {crossAccountRoleArn: a} | 8:7: connector.spec.credential.crossAccountAccess: not supported yet: roles of other accounts
            delegateSelectors: [build] | crossAccountAccess: {crossAccountRoleArn: a} | 13:5: connector.spec.crossAccountAccess: not supported yet: roles of other accounts
            accessKeyRef: account.aws_key | sessionKey: x | 10:9: connector.spec.credential.spec.accessKey: expected either accessKey or accessKeyRef, found neither
            secretKeyRef: aws-secret | accessKey: x | 11:9: connector.spec.credential.spec.accessKey: expected either accessKey or accessKeyRef, found both
            secretKeyRef: aws-secret | secretKeyRef: | 11:9: connector.spec.credential.spec.secretKeyRef is missing: it names the secret with the secret key
            secretKeyRef: aws-secret | secretKeyRef: <+secrets.getValue("x")> | 11:23: connector.spec.credential.spec.secretKeyRef '<+secrets.getValue("x")>': not supported yet: expressions; write the value itself
            name: AWS CI | nmae: AWS CI | 2:3: unknown key 'nmae' in connector; did you mean name?
            type: Aws | type: K8sCluster | 4:3: a connector of type K8sCluster: not supported yet: only Aws and DockerRegistry
            type: Aws | type: | 4:3: connector.type is missing: it is Aws or DockerRegistry
            """)
    void keepsTheFaultsOfAnAwsConnector(String part, String instead, String fault) {
        ConnectorFile file = read(AWS.replace(part, instead));

        assertThat(file.connector()).isEmpty();
        assertThat(file.faults()).extracting(Problem::toString).contains("c.yaml:" + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dockerRegistryUrl: https://index.docker.io/v2/ | dockerRegistryUrl: ftp://x | 5:24: connector.spec.dockerRegistryUrl 'ftp://x': a registry's address is https://HOST
            dockerRegistryUrl: https://index.docker.io/v2/ | dockerRegistryUrl: https://me:pw@x | 5:24: connector.spec.dockerRegistryUrl 'https://me:pw@x': a registry's address holds no user and password
            providerType: DockerHub | providerType: Mine | 6:19: connector.spec.providerType 'Mine': expected one of DockerHub, Harbor, Quay, Other
            type: UsernamePassword | type: Token | 8:7: connector.spec.auth.type 'Token': expected one of Anonymous, UsernamePassword
            username: robot | usernameRef: 1 | 10:22: connector.spec.auth.spec.usernameRef '1': a reference is account.ID, org.ID or ID, where ID has letters, digits and '_' and does not begin with a digit
            passwordRef: account.hub_pat | usernameRef: x | 10:9: connector.spec.auth.spec.username: expected either username or usernameRef, found both
            """)
    void keepsTheFaultsOfARegistry(String part, String instead, String fault) {
        assertThat(read(HUB.replace(part, instead)).faults())
                .extracting(Problem::toString)
                .contains("c.yaml:" + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | : no connector: expected the key connector
            '[]' | :1:1: no connector: expected the key connector
            'step: {}' | :1:1: unknown key 'step'
            'connector: 1' | :1:1: connector: expected a mapping
            'connector: {type: Aws}' | :1:12: connector.identifier is missing: steps refer to the connector by it
            'connector: {identifier: a-b}' | :1:25: connector.identifier 'a-b': an identifier has at most 128 letters, digits and '_', and does not begin with a digit
            'connector: {identifier: a, projectIdentifier: p}' | :1:28: connector.projectIdentifier: a project is in an org: orgIdentifier is missing
            """)
    void refusesAFileThatDoesNotSayWhichConnectorItIs(String text, String fault) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.problems().getFirst()).hasToString("c.yaml" + fault));
    }

    private static ConnectorFile read(String text) {
        return ConnectorReader.read("c.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
