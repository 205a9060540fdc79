package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Platform;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dockerfile reference, "Scope" and "Using ARG variables". */
class StageScopeTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    private static GlobalScope globals(Map<String, String> buildArgs) {
        return new GlobalScope(buildArgs, AMD64, Platform.parse("linux/arm64"), "default");
    }

    private static StageScope scope(Map<String, String> buildArgs) {
        return StageScope.on(globals(buildArgs), Bindings.none());
    }

    @Test
    void anArgWithoutAnyValueIsUnset() {
        StageScope scope = scope(Map.of());
        scope.arg("X", Optional.empty());
        assertThat(scope.get("X")).isEmpty();
        assertThat(scope.commandEnv().variables()).doesNotContainKey("X");
    }

    @Test
    void anArgWithAnEmptyDefaultIsSetAndEmpty() {
        StageScope scope = scope(Map.of());
        scope.arg("X", Optional.of(""));
        assertThat(scope.commandEnv().variables()).containsEntry("X", "");
    }

    @Test
    void aBuildArgBeatsTheDefaultAndTheGlobal() {
        GlobalScope globals = globals(Map.of("X", "given"));
        globals.declare("X", Optional.of("global"));
        assertThat(StageScope.on(globals, Bindings.none()).arg("X", Optional.of("default")))
                .contains("given");
    }

    @Test
    void aGlobalIsSeenOnlyAfterItsDeclarationWithoutDefault() {
        GlobalScope globals = globals(Map.of());
        globals.declare("X", Optional.of("global"));
        StageScope scope = StageScope.on(globals, Bindings.none());
        assertThat(scope.get("X")).isEmpty();
        scope.arg("X", Optional.empty());
        assertThat(scope.get("X")).contains("global");
        assertThat(StageScope.on(globals, Bindings.none()).arg("X", Optional.of("own")))
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
        StageScope child = parent.child();
        assertThat(child.get("X")).contains("1");
        assertThat(child.arguments()).containsEntry("X", "1");
    }

    @Test
    void proxiesReachCommandsInBothSpellingsLastAndNotTheHistory() {
        StageScope scope = scope(Map.of("http_proxy", "http://p:1", "NO_PROXY", ""));
        scope.env("HTTP_PROXY", "of the Dockerfile");
        scope.env("Z", "1");
        assertThat(scope.commandEnv().variables())
                .containsExactly(
                        Map.entry("Z", "1"),
                        Map.entry("HTTP_PROXY", "http://p:1"),
                        Map.entry("http_proxy", "http://p:1"),
                        Map.entry("PATH", ConfigDraft.DEFAULT_PATH));
        assertThat(scope.arguments()).isEmpty();
    }

    /** BuildKit's exported history: each ARG once, at its first position, with the value that the command sees. */
    @Test
    void theHistoryTellsWhatACommandSeesOfEachArg() {
        StageScope scope = scope(Map.of());
        scope.arg("A", Optional.empty());
        scope.arg("B", Optional.of("1"));
        scope.arg("C", Optional.of(""));
        scope.arg("B", Optional.of("2"));
        scope.env("A", "of env");
        assertThat(scope.arguments())
                .containsExactly(Map.entry("A", "of env"), Map.entry("B", "2"), Map.entry("C", ""));
    }

    @Test
    void whatTheScannerIsToldReachesNoCommand() {
        StageScope scope = scope(Map.of("BUILDKIT_SBOM_SCAN_STAGE", "true"));
        scope.arg("BUILDKIT_SBOM_SCAN_STAGE", Optional.empty());
        assertThat(scope.get("BUILDKIT_SBOM_SCAN_STAGE")).isEmpty();
        assertThat(scope.arguments()).containsEntry("BUILDKIT_SBOM_SCAN_STAGE", "true");
    }

    @Test
    void onAnUnknownBaseOnlyWhatTheDockerfileSetsIsKnown() {
        StageScope scope = StageScope.onUnknown(globals(Map.of()));
        scope.env("A", "1");
        scope.arg("B", Optional.empty());
        assertThat(scope.get("A")).contains("1");
        assertThatThrownBy(() -> scope.get("B")).isInstanceOf(UnknownValueException.class);
        scope.forget("A");
        assertThatThrownBy(() -> scope.get("A")).isInstanceOf(UnknownValueException.class);
        scope.env("A", "2");
        assertThat(scope.child().get("A")).contains("2");
    }

    @Test
    void buildArgsThatNothingTakesAreNamed() {
        GlobalScope globals = globals(Map.of(
                "USED",
                "1",
                "LEFT",
                "1",
                "Https_Proxy",
                "x",
                "TARGETARCH",
                "x",
                "BUILDKIT_INLINE_CACHE",
                "1",
                "ALSO",
                ""));
        assertThat(globals.notConsumed(Set.of("USED"))).containsExactly("ALSO", "LEFT");
    }
}
