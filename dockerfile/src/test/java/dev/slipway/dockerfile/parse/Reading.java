package dev.slipway.dockerfile.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.List;

/** What the tests of the parser say often. */
final class Reading {
    private Reading() {}

    static Dockerfile parse(String text) {
        return DockerfileParser.parse("Dockerfile", text.getBytes(UTF_8));
    }

    /** The instruction of a file that is FROM and this line. */
    static <T extends Instruction> T one(Class<T> type, String line) {
        List<Instruction> instructions =
                parse("FROM scratch\n" + line).lastStage().instructions();
        assertThat(instructions).as(line).hasSize(1);
        return type.cast(instructions.getFirst());
    }

    static List<Problem> faults(String text) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> parse(text));
        assertThat(refused).as("refusal of: " + text).isNotNull();
        return refused.problems();
    }

    /** The only fault of a file that is FROM and this text, which begins on line 2. */
    static String fault(String text) {
        List<Problem> faults = faults("FROM scratch\n" + text);
        assertThat(faults).as(text).hasSize(1);
        return faults.getFirst().toString();
    }
}
