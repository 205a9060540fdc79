package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.BuildContext;
import dev.slipway.engine.context.DockerfilePlace;
import dev.slipway.engine.request.HostSettings.Limits;
import dev.slipway.engine.request.ManifestFormat;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code slipway build} ask the engine for. */
class BuildCommandTest {
    private final Map<String, String> environment = Map.of(
            "SLIPWAY_HOME", "/state", "HOME", "/nobody", "PROXY", "http://proxy", "SOURCE_DATE_EPOCH", "1700000000");
    private final Console console = new Console(Path.of("/work"), environment);

    @Test
    void withoutOptionsTheCurrentDirectoryIsBuiltForThisMachine() {
        BuildRequest request = built();

        assertThat(request.source().context().display()).isEqualTo("/work");
        assertThat(request.source().dockerfile()).hasToString("/work/Dockerfile");
        assertThat(request.source().dockerfileName()).isEqualTo("Dockerfile");
        assertThat(request.definition().target()).isEmpty();
        assertThat(request.definition().platform()).isEqualTo(Platform.host());
        assertThat(request.export().names()).isEmpty();
        assertThat(request.export().push()).isFalse();
        assertThat(request.export().format()).isEqualTo(ManifestFormat.DOCKER);
        assertThat(request.definition().sourceDateEpoch()).contains(Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void theDockerfileIsSoughtInTheContextAndAGivenOneInTheCurrentDirectory() {
        assertThat(built("app").source().dockerfile()).hasToString("/work/app/Dockerfile");
        assertThat(built("app").source().dockerfileName()).isEqualTo("app/Dockerfile");
        assertThat(built("-f", "other/Dockerfile", "app").source().dockerfile()).hasToString("/work/other/Dockerfile");
        assertThat(built("-f", "/abs/Dockerfile", "app").source().dockerfileName())
                .isEqualTo("/abs/Dockerfile");
    }

    /** Of a context that is no directory here, the Dockerfile is in it. */
    @Test
    void aContextMayBeElsewhere() {
        SourceSettings source =
                built("-f", "sub/Other", "https://user:secret@h/r.git#v1").source();
        assertThat(source.context().display()).contains("h/r.git#v1").doesNotContain("secret");
        assertThat(source.dockerfile()).isEqualTo(new DockerfilePlace.InContext("sub/Other"));
        assertThat(source.dockerfileName()).isEqualTo("sub/Other");
        assertThat(built("-").source().context()).isInstanceOf(BuildContext.StandardInput.class);
        assertThat(built("-").source().dockerfile()).isEqualTo(DockerfilePlace.InContext.USUAL);
        assertThat(built("-f", "-", "app").source().dockerfile()).isInstanceOf(DockerfilePlace.StandardInput.class);
    }

    @Test
    void contextsHaveNames() {
        assertThat(built("--build-context", "a=docker-image://b", "--build-context", "c=d")
                        .source()
                        .named())
                .hasSize(2);
    }

    @Test
    void standardInputIsReadOnce() {
        assertThat(console.run("build", "-f", "-", "-")).isEqualTo(ExitStatus.INVALID_INPUT.code());
        assertThat(console.err()).contains("cannot both come from standard input");
    }

    @Test
    void everyContextThatIsNoneIsTold() {
        assertThat(console.run("build", "--build-context", "scratch=.", "--build-context", "x", "s3://bucket/key"))
                .isEqualTo(ExitStatus.INVALID_INPUT.code());
        assertThat(console.err()).contains("'scratch' cannot be replaced", "NAME=VALUE", "Amazon S3");
    }

    @Test
    void theEpochOfTheEnvironmentMayBeThatOfTheContext() {
        Console own = new Console(Path.of("/work"), Map.of("SOURCE_DATE_EPOCH", "context"));
        own.run("build");
        assertThat(own.request().definition().buildArgs()).containsEntry("SOURCE_DATE_EPOCH", "context");
    }

    @Test
    void argumentsTakeTheirValueFromTheLineOrFromTheEnvironment() {
        BuildRequest request =
                built("--build-arg", "A=1=2", "--build-arg", "PROXY", "--build-arg", "UNSET", "--build-arg", "EMPTY=");

        assertThat(request.definition().buildArgs())
                .containsExactly(Map.entry("A", "1=2"), Map.entry("PROXY", "http://proxy"), Map.entry("EMPTY", ""));
    }

    @Test
    void timesOfFilesStayUnlessTheImageIsToBeReproducible() {
        assertThat(built().definition().reproducible()).isFalse();
        assertThat(built("--reproducible").definition().reproducible()).isTrue();
    }

    @Test
    void labelsAndHostsKeepTheirOrderAndTheLastValueCounts() {
        BuildRequest request = built(
                "--label",
                "b=1",
                "--label",
                "a=2",
                "--label",
                "b=3",
                "--add-host",
                "db:10.0.0.1",
                "--add-host",
                "v6=::1");

        assertThat(request.definition().labels()).containsExactly(Map.entry("b", "3"), Map.entry("a", "2"));
        assertThat(request.commands().extraHosts())
                .containsExactly(Map.entry("db", "10.0.0.1"), Map.entry("v6", "::1"));
    }

    @Test
    void everythingElseReachesTheEngineAsItIs() {
        BuildRequest request = built(
                "-t",
                "reg.example.com/a/b:1",
                "-t",
                "reg.example.com/a/b:2",
                "--push",
                "--target",
                "test",
                "--platform",
                "linux/arm64",
                "--format",
                "oci");

        assertThat(request.export().names())
                .containsExactly(
                        ImageReference.parse("reg.example.com/a/b:1"), ImageReference.parse("reg.example.com/a/b:2"));
        assertThat(request.export().push()).isTrue();
        assertThat(request.definition().target()).contains("test");
        assertThat(request.definition().platform()).isEqualTo(Platform.of("linux", "arm64"));
        assertThat(request.export().format()).isEqualTo(ManifestFormat.OCI);
    }

    @Test
    void theStandInTakesItsAddressOnlyAfterAnEqualsSign(@TempDir Path state) {
        Console own = new Console(Path.of("/work"), Map.of("SLIPWAY_HOME", state.toString()));

        assertThat(own.run("build", "--local-ecr", "app")).isZero();
        assertThat(own.request().source().context().display()).isEqualTo("/work/app");
        assertThat(own.err()).contains("local ECR at http://127.0.0.1:");
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void limitsAreWrittenAsAPodHasThem() {
        Limits limits = built("--memory", "500Mi", "--cpus", "400m").host().limits();

        assertThat(limits.memoryBytes()).hasValue(500L << 20);
        assertThat(limits.cpus()).hasValue(0.4);
        assertThat(built("--cpus", "1.5").host().limits().cpus()).hasValue(1.5);
        assertThat(built().host().limits()).isEqualTo(Limits.NONE);
    }

    @Test
    void layersAreProvedUnlessToldOtherwise() {
        assertThat(built().host().verify()).isTrue();
        assertThat(built("--no-verify").host().verify()).isFalse();
    }

    @Test
    void theSummaryGoesToStdout() {
        built("-t", "reg.example.com/a/b:1", "--push");

        assertThat(console.out())
                .startsWith("pushed reg.example.com/a/b:1\ndigest sha256:")
                .contains("COPY file /");
        assertThat(console.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--push|error: --push needs a name; give one with -t REGISTRY/REPOSITORY:TAG",
                "-t a:1 -t b:1|in different repositories",
                "--label x|error: --label: 'x' is not KEY=VALUE",
                "--build-arg =x|error: --build-arg: '=x' is not KEY[=VALUE]",
                "--add-host x|error: --add-host: 'x' is not HOST=IP",
                "--add-host a=b|error: --add-host: the address of a: 'b' is not an IP address",
                "--secret src=x|error: --secret: 'src=x': the secret has no id",
                "--secret id=x,value=y|there is no 'value'",
                "--secret id=x,env=NO_SUCH|there is no variable NO_SUCH",
                "--secret id=x,src=/no/such|/no/such is not a file that can be read",
                "--ssh default|there is no SSH_AUTH_SOCK",
                "--ssh k=/etc/passwd|is not the socket of an agent, and keys are not read from files",
                "--allow all|write network.host or security.insecure",
                "--network bridge|there is no such network",
                "--memory lots|error: --memory: 'lots': memory is a plain number of bytes",
                "--cpus 0|error: --cpus: '0': it is at least 1m",
                "--registry-map x|--registry-map: 'x' is not HOST=URL",
                "--registry-map a=ftp://b|must begin with https:// or http://",
                "--local-ecr=https://b|'https://b' is not the address of a local ECR",
            })
    void whatCannotBeIsRefusedBeforeAnythingIsDone(String line, String message) {
        assertThat(console.run(("build " + line).split(" "))).isEqualTo(2);
        assertThat(console.err()).contains(message);
    }

    private BuildRequest built(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "build";
        System.arraycopy(options, 0, arguments, 1, options.length);
        assertThat(console.run(arguments)).as(console.err()).isZero();
        return console.request();
    }
}
