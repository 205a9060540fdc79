package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A RUN with heredocs.
 *
 * @param line the command line as written, the {@code <<} words included
 * @param heredocs in the order of the line; at least one
 * @param only whether the line is nothing but one {@code <<} word, so that its body is the script
 */
public record HeredocCommand(String line, List<Heredoc> heredocs, boolean only) implements RunForm {
    public HeredocCommand {
        requireNonNull(line, "line is null");
        heredocs = List.copyOf(heredocs);
        if (heredocs.isEmpty()) {
            throw new IllegalArgumentException("no heredoc");
        }
    }

    /**
     * The heredoc to write to an executable file and to run through the stage's shell: its body names its interpreter
     * ({@code #!}). Otherwise {@link #shellText} is what the shell gets.
     */
    public Optional<Heredoc> scriptFile() {
        return only && heredocs.getFirst().body().startsWith("#!")
                ? Optional.of(heredocs.getFirst())
                : Optional.empty();
    }

    /** The last argument of the shell: the body alone, or the line with all heredocs for the shell to interpret. */
    public String shellText() {
        if (only) {
            return heredocs.getFirst().body();
        }
        StringBuilder text = new StringBuilder(line);
        for (Heredoc heredoc : heredocs) {
            text.append('\n').append(heredoc.rawBody()).append(heredoc.name());
        }
        return text.toString();
    }
}
