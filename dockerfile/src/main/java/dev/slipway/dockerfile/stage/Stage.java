package dev.slipway.dockerfile.stage;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Instruction;
import java.util.List;
import java.util.Optional;

/**
 * One stage: FROM and what follows it.
 *
 * @param index 0-based
 * @param name the name after AS in lower case
 * @param instructions without the FROM
 */
public record Stage(int index, Optional<String> name, From from, List<Instruction> instructions) {
    public Stage {
        requireNonNull(name, "name is null");
        requireNonNull(from, "from is null");
        instructions = List.copyOf(instructions);
    }

    /** The name, or {@code stage-N} where there is none. */
    public String label() {
        return name.orElse("stage-" + index);
    }
}
