package dev.slipway.engine.user;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whom a process runs as.
 *
 * @param additionalGids supplementary groups, the primary one included where there are any
 * @param home of the user, {@code /} where nobody says
 */
public record UserIds(int uid, int gid, List<Integer> additionalGids, String home) {
    /** The superuser of a tree that says nothing of users. */
    public static final UserIds ROOT = new UserIds(0, 0, List.of(), "/");

    public UserIds {
        requireNonNull(home, "home is null");
        additionalGids = List.copyOf(additionalGids);
    }
}
