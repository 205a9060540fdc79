package dev.slipway.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.isolation.NamespaceFacts.Switch;
import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first thing that stands in the way is named, with what to do about it. */
class MissingNamespaceTest {
    private static final Switch ON = new Switch("/proc/sys/user/max_user_namespaces", "0", Optional.of("96365"));
    private static final Switch OFF = new Switch("/proc/sys/user/max_user_namespaces", "0", Optional.of("0"));

    private static Problem problem(boolean helpers, String users, String groups, Switch kernel) {
        NamespaceFacts facts = new NamespaceFacts(
                1001, "ann", helpers, users.lines().toList(), groups.lines().toList(), List.of(kernel));
        return MissingNamespace.of(facts).problem();
    }

    @Test
    void theKernelComesFirst() {
        assertThat(problem(false, "", "", OFF).why()).isEqualTo("/proc/sys/user/max_user_namespaces is 0");
    }

    @Test
    void thenTheHelpers() {
        Problem problem = problem(false, "", "", ON);

        assertThat(problem.what()).isEqualTo("there is no user namespace for user ann");
        assertThat(problem.why()).isEqualTo("newuidmap and newgidmap are not installed");
        assertThat(problem.remedy()).contains("Debian's package uidmap");
    }

    /** subuid(5): the owner is a login name or a uid. */
    @Test
    void thenTheRanges() {
        assertThat(problem(true, "anna:100000:65536\nbob:1001:1", "ann:1:1", ON).why())
                .isEqualTo("/etc/subuid has no range for this user");
        assertThat(problem(true, "1001:100000:65536", "bob:1:1", ON).why())
                .isEqualTo("/etc/subgid has no range for this user");
        assertThat(problem(true, "", "", ON).remedy()).contains("usermod --add-subuids", " ann");
    }

    @Test
    void elseItWasNotStartedByItsLauncherOrTheMachineSaysMore() {
        assertThat(problem(true, "ann:100000:65536", "1001:100000:65536", ON).remedy())
                .contains("launcher", "unshare --user --map-root-user --map-auto true");
    }
}
