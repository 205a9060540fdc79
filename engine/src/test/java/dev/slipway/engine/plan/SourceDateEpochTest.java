package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.image.reference.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SOURCE_DATE_EPOCH as the time of something else. */
class SourceDateEpochTest {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    private final Known known = new Known();

    @Test
    void theContextHasATime() {
        Plan plan = planning("FROM scratch\nARG SOURCE_DATE_EPOCH\n", "context").plan();
        assertThat(plan.epoch()).contains(Instant.ofEpochSecond(11));
        assertThat(Planning.history(plan)).containsExactly("ARG SOURCE_DATE_EPOCH=11");
    }

    @Test
    void aGlobalMayNameIt() {
        Plan plan = Planning.of("ARG SOURCE_DATE_EPOCH=context\nFROM scratch\n")
                .times(known)
                .plan();
        assertThat(plan.epoch()).contains(Instant.ofEpochSecond(11));
    }

    @Test
    void aNamedContextHasATime() {
        Plan plan = planning("FROM scratch\n", "src")
                .context("src", new Target.Files("key"))
                .plan();
        assertThat(plan.epoch()).contains(Instant.ofEpochSecond(12));
        assertThat(known.asked).containsExactly("key");
    }

    @Test
    void anImageHasNoTime() {
        Target image = new Target.OfImage(ImageReference.parse("a"), Optional.empty());
        assertThatThrownBy(planning("FROM scratch\n", "src").context("src", image)::plan)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("which has no time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"src", "SRC"})
    void aStageGivesTheTimeOfTheOneThingThatItFetches(String name) {
        Plan plan = planning("FROM scratch AS src\nARG v=1\nADD https://h/a-$v.tar /\nFROM scratch\n", name)
                .arg("v", "2")
                .plan();
        assertThat(plan.epoch()).contains(Instant.ofEpochSecond(13));
        assertThat(known.asked).containsExactly("https://h/a-2.tar");
    }

    @Test
    void nothingIsFetchedForADockerfileThatIsWrong() {
        assertThatThrownBy(
                        planning("FROM scratch AS src\nADD https://h/a /\nFROM scratch\nCOPY --from=9 a b\n", "src")
                                ::plan)
                .isInstanceOf(InvalidInputException.class);
        assertThat(known.asked).isEmpty();
    }

    private Planning planning(String dockerfile, String epoch) {
        return Planning.of(dockerfile).arg(EPOCH, epoch).times(known);
    }

    /** Times by what they are asked for. */
    private static final class Known implements SourceTimes {
        private final List<String> asked = new ArrayList<>();

        @Override
        public Optional<Instant> ofContext() {
            return Optional.of(Instant.ofEpochSecond(11));
        }

        @Override
        public Optional<Instant> ofNamedContext(String key) {
            asked.add(key);
            return Optional.of(Instant.ofEpochSecond(12));
        }

        @Override
        public Optional<Instant> of(SourceReference reference) {
            asked.add(reference.display());
            return Optional.of(Instant.ofEpochSecond(13));
        }
    }
}
