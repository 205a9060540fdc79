package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Platform;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Dockerfile reference, "Scope" and "Using ARG variables". */
class StageScopeTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    private static GlobalScope globals(Map<String, String> buildArgs) {
        return new GlobalScope(buildArgs, AMD64, Platform.parse("linux/arm64"), "default");
    }

    private static StageScope scope(Map<String, String> buildArgs) {
        return new StageScope(globals(buildArgs), Map.of());
    }

    @Test
    void anArgWithoutAnyValueIsUnset() {
        StageScope scope = scope(Map.of());
        scope.arg("X", Optional.empty());
        assertThat(scope.get("X")).isEmpty();
        assertThat(scope.commandEnv()).doesNotContainKey("X");
    }

    @Test
    void anArgWithAnEmptyDefaultIsSetAndEmpty() {
        StageScope scope = scope(Map.of());
        scope.arg("X", Optional.of(""));
        assertThat(scope.commandEnv()).containsEntry("X", "");
    }

    @Test
    void aBuildArgBeatsTheDefaultAndTheGlobal() {
        GlobalScope globals = globals(Map.of("X", "given"));
        globals.declare("X", Optional.of("global"));
        assertThat(new StageScope(globals, Map.of()).arg("X", Optional.of("default")))
                .contains("given");
    }

    @Test
    void aGlobalIsSeenOnlyAfterItsDeclarationWithoutDefault() {
        GlobalScope globals = globals(Map.of());
        globals.declare("X", Optional.of("global"));
        StageScope scope = new StageScope(globals, Map.of());
        assertThat(scope.get("X")).isEmpty();
        scope.arg("X", Optional.empty());
        assertThat(scope.get("X")).contains("global");
        assertThat(new StageScope(globals, Map.of()).arg("X", Optional.of("own")))
                .contains("own");
    }

    @Test
    void automaticPlatformNamesObeyTheSameRule() {
        StageScope scope = scope(Map.of());
        assertThat(scope.get("TARGETARCH")).isEmpty();
        scope.arg("TARGETARCH", Optional.empty());
        scope.arg("BUILDPLATFORM", Optional.empty());
        assertThat(scope.get("TARGETARCH")).contains("arm64");
        assertThat(scope.get("BUILDPLATFORM")).contains("linux/amd64");
    }

    @Test
    void theLaterOfEnvAndArgWins() {
        StageScope scope = scope(Map.of());
        scope.arg("X", Optional.of("arg"));
        scope.env("X", "env");
        assertThat(scope.get("X")).contains("env");
        scope.arg("X", Optional.of("arg again"));
        assertThat(scope.get("X")).contains("arg again");
    }

    @Test
    void aChildStageInheritsArguments() {
        StageScope parent = scope(Map.of());
        parent.arg("X", Optional.of("1"));
        StageScope child = new StageScope(parent);
        assertThat(child.get("X")).contains("1");
        assertThat(child.arguments()).containsEntry("X", "1");
    }

    @Test
    void proxiesReachCommandsInBothSpellingsButNotTheHistory() {
        StageScope scope = scope(Map.of("http_proxy", "http://p:1"));
        assertThat(scope.commandEnv())
                .containsEntry("HTTP_PROXY", "http://p:1")
                .containsEntry("http_proxy", "http://p:1");
        assertThat(scope.arguments()).isEmpty();
    }
}
