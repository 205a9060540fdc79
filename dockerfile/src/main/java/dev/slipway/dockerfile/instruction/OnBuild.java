package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/**
 * {@code ONBUILD INSTRUCTION}.
 *
 * @param trigger what goes into the image's config: the instruction's text, with its heredocs written out again
 * @param instruction what the trigger says, read with this file's rules
 */
public record OnBuild(Origin origin, String trigger, Instruction instruction) implements Instruction {
    public OnBuild {
        requireNonNull(origin, "origin is null");
        requireNonNull(trigger, "trigger is null");
        requireNonNull(instruction, "instruction is null");
    }

    @Override
    public String keyword() {
        return "ONBUILD";
    }
}
