package dev.slipway.localecr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.localecr.model.TagMutability.Setting;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: ECR user guide, tag mutability. */
class TagMutabilityTest {
    @ParameterizedTest
    @CsvSource({
        "MUTABLE_WITH_EXCLUSION, v*, v1, true",
        "MUTABLE_WITH_EXCLUSION, v*, latest, false",
        "IMMUTABLE_WITH_EXCLUSION, latest, latest, false",
        "IMMUTABLE_WITH_EXCLUSION, latest, latest2, true",
        "IMMUTABLE_WITH_EXCLUSION, *-dev, 1.0-dev, false",
        "IMMUTABLE_WITH_EXCLUSION, a*b*c, a1b2c, false",
        "IMMUTABLE_WITH_EXCLUSION, a*b*c, a1b2cd, true",
        "IMMUTABLE_WITH_EXCLUSION, 1.0, 1x0, true",
        "IMMUTABLE_WITH_EXCLUSION, *, anything, false",
    })
    void fixesTags(Setting setting, String filter, String tag, boolean fixed) {
        assertThat(new TagMutability(setting, List.of(filter)).fixes(new Tag(tag)))
                .isEqualTo(fixed);
    }

    @Test
    void fixesAllTagsOrNoneWithoutFilters() {
        assertThat(TagMutability.immutable().fixes(new Tag("a"))).isTrue();
        assertThat(TagMutability.mutable().fixes(new Tag("a"))).isFalse();
    }

    @Test
    void takesOneToFiveFiltersWithAnExclusionSettingAndNoneWithout() {
        assertThat(TagMutability.parse("IMMUTABLE_WITH_EXCLUSION", Collections.nCopies(5, "a*"))
                        .exclusions())
                .hasSize(5);
        assertThatThrownBy(() -> TagMutability.parse("IMMUTABLE_WITH_EXCLUSION", List.of()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> TagMutability.parse("IMMUTABLE_WITH_EXCLUSION", Collections.nCopies(6, "a")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> TagMutability.parse("IMMUTABLE", List.of("a"))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "[a]"})
    void refusesFiltersOutsideOfTheGrammar(String filter) {
        assertThatThrownBy(() -> TagMutability.parse("MUTABLE_WITH_EXCLUSION", List.of(filter)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void refusesAnUnknownSetting() {
        assertThatThrownBy(() -> TagMutability.parse("SOMETIMES", List.of())).isInstanceOf(Refusal.class);
    }
}
