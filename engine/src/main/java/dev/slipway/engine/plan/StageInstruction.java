package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.instruction.Instruction;
import java.util.List;

/**
 * An instruction of a stage with what it names resolved.
 *
 * @param uses of COPY, what {@code --from} names; of RUN, what the mounts that have {@code from=} name
 * @param isTrigger whether it is an ONBUILD trigger of the stage's base
 */
public record StageInstruction(Instruction instruction, List<FileSource> uses, boolean isTrigger) {
    public StageInstruction {
        requireNonNull(instruction, "instruction is null");
        uses = List.copyOf(uses);
    }
}
