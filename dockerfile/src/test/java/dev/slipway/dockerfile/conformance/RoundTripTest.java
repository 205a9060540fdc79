package dev.slipway.dockerfile.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is written and read again is the same. */
class RoundTripTest {
    private static final int CASES = 4_000 * Integer.getInteger("slipway.cases", 1);
    private static final long SEED = 20_261_124;

    @Test
    void aFileOfAnyInstructionsIsReadAsItWasMeant() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(SEED + i);
            char escape = random.nextBoolean() ? '\\' : '`';
            RandomInstructions instructions = new RandomInstructions(random, escape);
            List<Instruction> meant = new ArrayList<>(List.of(instructions.from()));
            for (int n = random.nextInt(8); n > 0; n--) {
                meant.add(instructions.next());
            }
            StringBuilder text = new StringBuilder("# escape=" + escape + "\n");
            meant.forEach(instruction -> text.append(InstructionPrinter.print(instruction, escape)));
            meant.forEach(instruction -> kinds.merge(instruction.keyword(), 1, Integer::sum));
            assertThat(read(text.toString(), SEED + i))
                    .as("seed %s:%n%s", SEED + i, text)
                    .isEqualTo(meant.stream().map(Notation::of).toList());
        }
        assertThat(kinds).hasSize(18);
    }

    private static List<String> read(String text, long seed) {
        Dockerfile file;
        try {
            file = DockerfileParser.parse("Dockerfile", text.getBytes(UTF_8));
        } catch (InvalidInputException refused) {
            throw new AssertionError("seed " + seed + ":\n" + text, refused);
        }
        List<String> read = new ArrayList<>();
        for (Stage stage : file.stages()) {
            read.add(Notation.of(stage.from()));
            stage.instructions().stream().map(Notation::of).forEach(read::add);
        }
        return read;
    }
}
