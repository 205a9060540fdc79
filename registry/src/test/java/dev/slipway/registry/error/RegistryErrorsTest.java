package dev.slipway.registry.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those that Amazon ECR and others were seen to answer with. */
class RegistryErrorsTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    @Test
    void aMissingRepositoryOfEcrComesWithTheCommandThatCreatesIt() {
        assertThat(explain(ECR, Subject.MANIFEST_PUT, 404, """
                {"errors":[{"code":"NAME_UNKNOWN","message":"The repository with name 'team/app' does not exist in the\
                 registry with id '123456789012'"}]}"""))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith(
                        ECR + "/team/app: push it: the registry answered 404 NAME_UNKNOWN (The repository")
                .hasMessageContaining("`aws ecr create-repository --region eu-west-1 --repository-name team/app`");
    }

    @Test
    void aMissingRepositoryElsewhereHasNoSuchCommand() {
        assertThat(explain("r.example", Subject.MANIFEST_PUT, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("check the repository's name")
                .hasMessageNotContaining("aws");
    }

    @Test
    void aDeniedActionIsNamed() {
        assertThat(explain(ECR, Subject.UPLOAD_START, 403, """
                {"errors":[{"code":"DENIED","message":"User: arn:aws:sts::1:assumed-role/x is not authorized to perform:\
                 ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-west-1:1:repository/x"}]}"""))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("; allow ecr:InitiateLayerUpload on the repository");
    }

    @Test
    void aFullRepositoryOfEcrLooksLikeAMissingPermission() {
        assertThat(explain(ECR, Subject.MANIFEST_PUT, 403, ""))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("ecr:PutImage")
                .hasMessageContaining("quota of images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "repository"})
    void anImmutableTagIsExplainedWhicheverWordsEcrUses(String what) {
        assertThat(explain(
                        ECR,
                        Subject.MANIFEST_PUT,
                        400,
                        "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"The image tag 'v1' already exists in the 'r'"
                                + " repository and cannot be overwritten because the " + what + " is immutable.\"}]}"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("choose a tag that is not taken");
    }

    @ParameterizedTest
    @CsvSource({
        "405, Invalid parameter at 'ImageManifest' failed: 'Limit on number of layers per image exceeded', fewer layers",
        "405, Invalid JSON syntax, does not take this kind of manifest",
        "413, , limits the size",
        "429, Rate exceeded, try again later",
    })
    void otherRefusalsHaveTheirRemedies(int status, String message, String remedy) {
        String body =
                message == null ? "" : "{\"errors\":[{\"code\":\"UNSUPPORTED\",\"message\":\"" + message + "\"}]}";
        assertThat(explain(ECR, Subject.MANIFEST_PUT, status, body))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(remedy);
    }

    @Test
    void dockersLimitOnPullsIsOvercomeBySigningIn() {
        assertThat(explain(
                        "docker.io",
                        Subject.MANIFEST_GET,
                        429,
                        "toomanyrequests: You have reached your pull rate limit"))
                .hasMessageContaining("sign in to docker.io, or name a mirror");
    }

    @Test
    void aPlainTextRefusalIsShownAsItIs() {
        assertThat(explain(ECR, Subject.MANIFEST_GET, 401, "Not Authorized\n"))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("401 (Not Authorized); sign in to " + ECR);
    }

    @Test
    void aMirrorIsNamed() {
        RegistryTarget target =
                RegistryMap.parse(List.of("docker.io=http://127.0.0.1:5000/m")).target("docker.io", "library/a");
        assertThat(RegistryErrors.explain(Subject.MANIFEST_GET, "read it", target, refused(500, "")))
                .hasMessageStartingWith("docker.io/library/a (at 127.0.0.1:5000): read it: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
                "123456789012.dkr-ecr.eu-west-1.on.aws",
                "123456789012.dkr-ecr-fips.us-east-1.on.aws",
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
                "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu",
                "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov",
            })
    void knowsTheHostsOfEcr(String host) {
        assertThat(EcrHost.of(host)).map(EcrHost::account).contains("123456789012");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com.fake.example.com",
                "x123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "12345678901.dkr.ecr.eu-west-1.amazonaws.com",
                "public.ecr.aws",
                "ecr.eu-west-1.amazonaws.com",
            })
    void takesNoOtherHostForEcr(String host) {
        assertThat(EcrHost.of(host)).isEmpty();
    }

    private static SlipwayException explain(String registry, Subject subject, int status, String body) {
        RegistryTarget target = RegistryMap.none().target(registry, "team/app");
        return RegistryErrors.explain(subject, "push it", target, refused(status, body));
    }

    private static RefusedAnswerException refused(int status, String body) {
        return new RefusedAnswerException(
                "the registry", status, ErrorText.parse(body, List.of()), Optional.empty(), false);
    }
}
