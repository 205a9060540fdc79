package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A command as CMD, ENTRYPOINT, HEALTHCHECK and RUN take it; never expanded by the build. */
public sealed interface CommandLine extends RunForm {
    /** The text that the stage's shell gets as its last argument. */
    record ShellForm(String text) implements CommandLine {
        public ShellForm {
            requireNonNull(text, "text is null");
        }
    }

    /** The JSON form: a program and its arguments; may be empty. */
    record ExecForm(List<String> arguments) implements CommandLine {
        public ExecForm {
            arguments = List.copyOf(arguments);
        }
    }
}
