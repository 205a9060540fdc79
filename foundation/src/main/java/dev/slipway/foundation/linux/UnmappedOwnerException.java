package dev.slipway.foundation.linux;

import dev.slipway.foundation.error.Problem;

/** A file was to be given to a user or group that the user namespace of this program does not have. */
public final class UnmappedOwnerException extends LinuxException {
    private static final long serialVersionUID = 1L;

    private static final String REMEDY =
            "map more ids (a longer range for you in /etc/subuid and /etc/subgid), or run as root";

    private final int user;
    private final int group;

    UnmappedOwnerException(String call, String path, int user, int group) {
        super(call, path, Errno.EINVAL);
        this.user = user;
        this.group = group;
    }

    /** Says who is missing. */
    public Problem problem() {
        return problem(path().replaceFirst("^//+", "/"), user, group);
    }

    /**
     * The same of a process or file that nobody has tried to make.
     *
     * @param what whose owner they would be
     */
    public static Problem problem(String what, int user, int group) {
        String owner = Integer.toUnsignedString(user) + ":" + Integer.toUnsignedString(group);
        return Problem.of(
                        what + " cannot belong to " + owner,
                        "Slipway runs in a user namespace of "
                                + UserNamespace.current().users().size() + " users, which has no such user or group")
                .remedy(REMEDY);
    }
}
