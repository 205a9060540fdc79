package dev.slipway.engine.solve;

import dev.slipway.engine.request.HostSettings.Limits;
import dev.slipway.foundation.linux.MachineMemory;

/**
 * How much of a build happens at the same time.
 *
 * @param operations instructions of independent stages; at least 1
 */
record Budget(int operations) {
    /** What this program takes itself: heap, code, buffers. */
    private static final long OWN_BYTES = 192L << 20;
    /** What a command is expected to take: compilers and package managers need as much even for small things. */
    private static final long COMMAND_BYTES = 256L << 20;

    private static final int MOST = 16;

    Budget {
        if (operations < 1) {
            throw new IllegalArgumentException("operations is " + operations);
        }
    }

    /** Of what is asked for, else of what the machine, or the container, has. */
    static Budget of(Limits limits) {
        return of(limits, Runtime.getRuntime().availableProcessors(), MachineMemory.totalBytes());
    }

    /**
     * One command more than there are processors, since commands wait for networks and disks; but not more than memory is
     * likely to hold.
     */
    static Budget of(Limits limits, int hostCpus, long hostBytes) {
        double cpus = Math.min(hostCpus, limits.cpus().orElse(hostCpus));
        long bytes = Math.min(hostBytes, limits.memoryBytes().orElse(hostBytes));
        long byCpus = (long) Math.ceil(cpus) + 1;
        long byMemory = (bytes - OWN_BYTES) / COMMAND_BYTES;
        return new Budget(Math.clamp(Math.min(byCpus, byMemory), 1, MOST));
    }
}
