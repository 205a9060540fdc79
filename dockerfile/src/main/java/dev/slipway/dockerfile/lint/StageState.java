package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.OnBuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the instructions of a stage have set so far. Confined to one thread. */
final class StageState {
    private final Scope scope;
    private final List<String> triggers = new ArrayList<>();
    private final Map<String, Instruction> onlyOnce = new HashMap<>();
    private boolean shell;
    private boolean workdir;

    private StageState(Scope scope, boolean shell, boolean workdir) {
        this.scope = scope;
        this.shell = shell;
        this.workdir = workdir;
    }

    /** The state of a stage that stands on an image, or on nothing. */
    static StageState fresh(Scope scope, boolean shell) {
        return new StageState(scope, shell, false);
    }

    /** The state of a stage that stands on this one. */
    StageState child() {
        return new StageState(scope.child(), shell, workdir);
    }

    Scope scope() {
        return scope;
    }

    /** What runs in a stage that stands on this one. */
    List<String> triggers() {
        return List.copyOf(triggers);
    }

    void addTrigger(OnBuild trigger) {
        triggers.add(trigger.trigger());
    }

    boolean hasShell() {
        return shell;
    }

    void setShell() {
        shell = true;
    }

    /** Whether a WORKDIR of this file came before. */
    boolean hasWorkdir() {
        return workdir;
    }

    void setWorkdir() {
        workdir = true;
    }

    /** Remembers an instruction of which the last one counts, and returns the one before it in the same stage. */
    Optional<Instruction> replace(Instruction instruction) {
        return Optional.ofNullable(onlyOnce.put(instruction.keyword(), instruction));
    }
}
