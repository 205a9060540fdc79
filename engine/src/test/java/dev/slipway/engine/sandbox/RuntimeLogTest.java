package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The messages are those of runc 1.1.5. */
class RuntimeLogTest {
    @Test
    void aProgramThatIsMissingHasTheStatusOfAShell() {
        assertThat(status("unable to start container process: exec: \\\"nope\\\": executable file not found in $PATH"))
                .isEqualTo(127);
        assertThat(status(
                        "unable to start container process: exec: \\\"/x/y\\\": stat /x/y: no such file or directory"))
                .isEqualTo(127);
    }

    @Test
    void aProgramThatMayNotBeRunHasTheStatusOfAShell() {
        assertThat(status("unable to start container process: exec: \\\"/f\\\": permission denied"))
                .isEqualTo(126);
    }

    @Test
    void anythingElseIsAFaultOfTheMachine() {
        assertThat(status("unable to apply cgroup configuration: mkdir /sys/fs/cgroup/x: read-only file system"))
                .isEqualTo(-1);
    }

    @Test
    void linesThatAreNotErrorsArePassedOver() {
        assertThat(RuntimeLog.error("{\"level\":\"warning\",\"msg\":\"m\"}")).isEmpty();
        assertThat(RuntimeLog.error("{\"level\":\"err")).isEmpty();
        assertThat(RuntimeLog.error("")).isEmpty();
        assertThat(RuntimeLog.error("[]")).isEmpty();
    }

    private static int status(String message) {
        return RuntimeLog.error("{\"level\":\"error\",\"msg\":\"runc run failed: " + message + "\"}")
                .orElseThrow()
                .programStatus()
                .orElse(-1);
    }
}
