package dev.slipway.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.RegistryCredential;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stand-ins that are started, asked, and gone again. */
class StandInIT {
    private static final String ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    @TempDir
    Path state;

    @Test
    void oneForACommandLivesAsLongAsItAndLeavesNothing() {
        URI uri;
        try (StandIn standIn = StandIn.start(surroundings(), List.of("team/api"))) {
            uri = standIn.uri().orElseThrow();
            RegistryMap map = standIn.lead(List.of(ECR), RegistryMap.none());

            assertThat(map.target(ECR, "team/api").endpoint()).isEqualTo(uri);
            assertThat(standIn.keychain().credentialFor(map.target(ECR, "team/api")))
                    .map(RegistryCredential::username)
                    .contains("AWS");
            assertThat(standIn.keychain().credentialFor(map.target("docker.io", "library/busybox")))
                    .isEmpty();
        }
        assertThat(state).isEmptyDirectory();
        assertThatThrownBy(() -> password(uri)).isInstanceOf(ServiceException.class);
    }

    @Test
    void oneThatRunsElsewhereIsAskedForItsPassword() {
        try (StandIn elsewhere = StandIn.start(surroundings(), List.of())) {
            assertThat(password(elsewhere.uri().orElseThrow()).isEmpty()).isFalse();
        }
    }

    @Test
    void aMapThatTheUserGivesWins() {
        URI own = URI.create("http://127.0.0.1:5000");
        try (StandIn standIn = StandIn.start(surroundings(), List.of())) {
            assertThat(standIn.lead(List.of(ECR), new RegistryMap(Map.of(ECR, own)))
                            .endpoints())
                    .containsEntry(ECR, own);
        }
    }

    @Test
    void withoutOneNothingIsLedAnywhere() {
        try (StandIn absent = StandIn.absent()) {
            assertThat(absent.uri()).isEqualTo(Optional.empty());
            assertThat(absent.lead(List.of(ECR), RegistryMap.none()).endpoints())
                    .isEmpty();
            assertThat(absent.keychain().credentialFor(RegistryMap.none().target(ECR, "team/api")))
                    .isEmpty();
        }
    }

    private static Secret password(URI uri) {
        try (JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"))) {
            return new RunningLocalEcr(transport, uri, InstantSource.system()).get();
        }
    }

    private Surroundings surroundings() {
        PrintStream none = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Surroundings(Map.of("SLIPWAY_HOME", state.toString()), state, none, none, InstantSource.system());
    }
}
