package dev.slipway.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 11.3 to 11.6.1. */
class ChallengeTest {
    @Test
    void readsTheChallengeOfATokenRegistry() {
        assertThat(parse("Bearer realm=\"https://auth.example/token\",service=\"registry.example\","
                        + "scope=\"repository:a/b:pull,push\""))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example/token",
                                "service", "registry.example",
                                "scope", "repository:a/b:pull,push")));
    }

    @Test
    void readsTheChallengeOfAmazonEcr() {
        assertThat(parse("Basic realm=\"https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/\","
                        + "service=\"ecr.amazonaws.com\""))
                .singleElement()
                .extracting(Challenge::scheme)
                .isEqualTo("basic");
    }

    @Test
    void readsSeveralInOneValue() {
        // the example of RFC 9110, 11.6.1
        List<Challenge> challenges =
                parse("Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\"");
        assertThat(challenges)
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "simple")),
                        new Challenge("newauth", Map.of("realm", "apps", "type", "1", "title", "Login to \"apps\"")));
    }

    @Test
    void readsSeveralValues() {
        assertThat(Challenge.parse(List.of("Negotiate", "Basic realm=x")))
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Negotiate YWJj==, Basic realm=\"r\"",
                "Negotiate,Basic realm=\"r\"",
                "Negotiate , Basic realm = \"r\""
            })
    void aSchemeMayHaveOneWordOrNothing(String value) {
        assertThat(parse(value))
                .containsExactly(new Challenge("negotiate", Map.of()), new Challenge("basic", Map.of("realm", "r")));
    }

    @Test
    void namesAreComparedWithoutCase() {
        assertThat(parse("BEARER Realm=\"R\"")).containsExactly(new Challenge("bearer", Map.of("realm", "R")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",,,", "=", "\"", "Bearer realm=\"", "Bearer realm=\"\\", "Bearer =", "é"})
    void neverFailsOnNonsense(String value) {
        assertThat(parse(value))
                .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
    }

    private static List<Challenge> parse(String value) {
        return Challenge.parse(List.of(value));
    }
}
