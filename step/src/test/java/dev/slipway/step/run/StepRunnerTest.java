package dev.slipway.step.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.engine.request.ExportSettings;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.TimedOutException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.step.model.Step;
import dev.slipway.step.read.StepReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepRunnerTest {
    private static final Step STEP = StepReader.read("step.yaml", """
            type: BuildAndPushECR
            name: Build
            spec:
              connectorRef: aws
              region: eu-west-1
              account: "123456789012"
              imageName: app
              tags: [latest]
              resources: {limits: {memory: 1Gi}}
            """.getBytes(StandardCharsets.UTF_8));
    private static final EcrHost REGISTRY = EcrHost.of("123456789012", "eu-west-1");

    private final List<Event> events = new ArrayList<>();
    private final TokenTransport ecr = new TokenTransport();
    private final AtomicReference<Keychain> keychain = new AtomicReference<>();

    @Test
    void buildsAndPushesWithTheCredentialsOfItsConnectors() {
        BuildReport made = Reports.empty();

        BuildReport report = runner(request -> made).run(STEP, plan(Optional.of(Duration.ofMinutes(1))));

        assertThat(report).isSameAs(made);
        RegistryMap registries = RegistryMap.none();
        assertThat(keychain.get().credentialFor(registries.target(REGISTRY.toString(), "app")))
                .contains(new RegistryCredential("AWS", Secret.of("token")));
        assertThat(keychain.get().credentialFor(registries.target("docker.io", "library/alpine")))
                .contains(new RegistryCredential("robot", Secret.of("pat")));
        assertThat(keychain.get().credentialFor(registries.target("quay.io", "x")))
                .isEmpty();
        assertThat(ecr.calls()).isEqualTo(1);
    }

    @Test
    void aMirrorIsNotGivenTheRegistrysCredential() {
        var _ = runner(request -> Reports.empty()).run(STEP, plan(Optional.empty()));

        RegistryMap mirrors = RegistryMap.parse(List.of("docker.io=https://mirror.example.com"));
        assertThat(keychain.get().credentialFor(mirrors.target("docker.io", "library/alpine")))
                .isEmpty();
    }

    @Test
    void warnsOfWhatIsNotApplied() {
        var _ = runner(request -> Reports.empty()).run(STEP, plan(Optional.empty()));

        assertThat(events).containsExactly(new Event.Warning(STEP.warnings().getFirst()));
    }

    @Test
    void endsTheBuildWhenItsTimeIsOver() {
        CountDownLatch ended = new CountDownLatch(1);

        assertThatExceptionOfType(TimedOutException.class)
                .isThrownBy(() -> runner(sleeping(ended)).run(STEP, plan(Optional.of(Duration.ofMillis(1500)))))
                .withMessage("step.yaml:1:1: the step Build: it took longer than its timeout of 1s");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void endsTheBuildWhenItIsInterrupted() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                var _ = runner(sleeping(ended)).run(STEP, plan(Optional.empty()));
            } catch (CancelledException e) {
                thrown.set(e);
            }
        });

        Thread.sleep(Duration.ofMillis(200));
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).hasMessage("the step Build: interrupted");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void tellsWhyABuildFailed() {
        BuildFailedException failure = new BuildFailedException(Problem.of("RUN false", "status 1"));

        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> runner(request -> {
                            throw failure;
                        })
                        .run(STEP, plan(Optional.of(Duration.ofMinutes(1)))))
                .isSameAs(failure);
    }

    /** It may even be ended before it has begun. */
    @Test
    void doesNotBuildToTheEndWhatItMayNotPush() {
        AtomicBoolean built = new AtomicBoolean();
        ImageBuilder sleeping = sleeping(new CountDownLatch(1));
        ecr.refuse();

        assertThatExceptionOfType(NotAllowedException.class)
                .isThrownBy(() -> runner(request -> {
                            BuildReport report = sleeping.build(request);
                            built.set(true);
                            return report;
                        })
                        .run(STEP, plan(Optional.empty())));
        assertThat(built).isFalse();
    }

    private static ImageBuilder sleeping(CountDownLatch ended) {
        return request -> {
            try {
                Thread.sleep(Duration.ofMinutes(5));
                return Reports.empty();
            } catch (InterruptedException e) {
                throw new CancelledException(Problem.of("interrupted"), e);
            } finally {
                ended.countDown();
            }
        };
    }

    private StepRunner runner(ImageBuilder builder) {
        Builders builders = keys -> {
            keychain.set(keys);
            return builder;
        };
        Optional<URI> endpoint = Optional.of(URI.create("https://ecr.test"));
        return new StepRunner(
                new StepEnvironment(builders, ecr, endpoint, events::add, () -> Instant.parse("2027-01-15T08:00:00Z")));
    }

    private static StepPlan plan(Optional<Duration> timeout) {
        BuildRequest request = BuildRequest.of(Path.of("/code"))
                .withExport(ExportSettings.pushedTo(List.of(ImageReference.parse(REGISTRY + "/app:latest"))));
        AwsLogin login = new AwsLogin.StaticKeys(new AwsCredentials("AKID", Secret.of("s"), Optional.empty()));
        return new StepPlan(
                request,
                REGISTRY,
                login,
                Map.of("docker.io", new RegistryCredential("robot", Secret.of("pat"))),
                timeout);
    }
}
