package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine can do; the tests run where it can do all. */
class IsolationIT {
    @TempDir
    Path home;

    @Test
    void thisMachineCanRunCommands() throws IOException {
        try (Workspace workspace = Workspace.open(home)) {
            Isolation isolation = Isolation.probe(workspace);

            assertThat(isolation.missing()).isEmpty();
            assertThatCode(isolation::require).doesNotThrowAnyException();
            assertThat(workspace.directory()).isEmptyDirectory();
        }
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        Isolation poor = new Isolation(List.of(
                Problem.of("RUN needs root", "the user is 7").remedy("run as root"),
                Problem.of("RUN needs the program 'runc'", "it is not in PATH")
                        .remedy("install Debian's package runc")));

        assertThatThrownBy(poor::require)
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("run as root")
                .hasMessageContaining("Debian's package runc");
    }
}
