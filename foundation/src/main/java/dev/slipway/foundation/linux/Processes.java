package dev.slipway.foundation.linux;

/** Processes and who we are among them. */
public final class Processes {
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    private static final Call KILL = Call.ofInt("kill", 2);
    private static final Call PRCTL = Call.ofVariadic("prctl", 1, 5);
    private static final Call GETEUID = Call.ofInt("geteuid", 0);
    private static final Call GETEGID = Call.ofInt("getegid", 0);
    private static final Call UMASK = Call.ofInt("umask", 1);

    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private Processes() {}

    /** Sends a signal; a negative pid means the process group. */
    public static void kill(long pid, int signal) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            KILL.on("process " + pid, scratch, pid, signal);
        }
    }

    /** Whether there is a process of that number, be it one that we may not signal. */
    public static boolean isAlive(long pid) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            long result = KILL.attempt(scratch, pid, 0);
            return result == 0 || result == -Errno.EPERM;
        }
    }

    /** {@code prctl(2)}. Options about the parent or the name concern the calling thread only. */
    public static int control(int option, long a, long b, long c, long d) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return (int) PRCTL.on("option " + option, scratch, option, a, b, c, d);
        }
    }

    /** Orphaned descendants become children of this process, so that they can be found and ended. */
    public static void becomeSubreaper() {
        control(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    public static int effectiveUser() {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return (int) GETEUID.on("", scratch);
        }
    }

    public static int effectiveGroup() {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return (int) GETEGID.on("", scratch);
        }
    }

    /** Sets the permissions that new files lose, for the whole process; returns those before. */
    public static int umask(int mask) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return (int) UMASK.on("", scratch, mask);
        }
    }
}
