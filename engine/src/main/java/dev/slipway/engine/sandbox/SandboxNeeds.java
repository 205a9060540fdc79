package dev.slipway.engine.sandbox;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What {@link RuncSandbox} needs of the machine, found out by trying. */
public final class SandboxNeeds {
    private static final long PATIENCE_SECONDS = 10;

    private SandboxNeeds() {}

    /** The programs that are not installed. */
    public static List<Problem> missingPrograms() {
        return Programs.missing();
    }

    /** @throws MachineException if a program is missing; names all of them */
    static void requirePrograms() {
        List<Problem> missing = Programs.missing();
        if (!missing.isEmpty()) {
            throw all(missing);
        }
    }

    /** One error of several faults: the first, and the others after it. */
    public static MachineException all(List<Problem> faults) {
        Problem first = faults.getFirst();
        List<String> others =
                faults.stream().skip(1).map(problem -> "; also: " + problem).toList();
        return new MachineException(first.remedy(first.remedy() + String.join("", others)));
    }

    /**
     * Starts a process as the runtime is started, one that ends at once.
     *
     * @return what the machine refuses; empty if it is possible, or if the programs for it are missing
     */
    public static Optional<String> refusedProcess() {
        if (!Programs.missing().isEmpty()) {
            return Optional.empty();
        }
        try {
            Process process = RuncProcess.family(List.of("true")).start();
            try {
                String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    return Optional.of("a process in a namespace of its own does not end");
                }
                return process.exitValue() == 0 ? Optional.empty() : Optional.of(said);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty(); // whoever interrupts wants no answer
        }
    }
}
