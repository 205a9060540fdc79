package dev.slipway.foundation.linux;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user namespace of a process: whom it knows. */
public record UserNamespace(IdMap users, IdMap groups) {
    /** The one that the machine starts with. */
    public static final UserNamespace INITIAL = new UserNamespace(IdMap.IDENTITY, IdMap.IDENTITY);

    private static final Path SELF = Path.of("/proc/self");

    public UserNamespace {
        requireNonNull(users, "users is null");
        requireNonNull(groups, "groups is null");
    }

    /** That of this program; the initial one where the kernel knows no other. */
    public static UserNamespace current() {
        return new UserNamespace(map("uid_map"), map("gid_map"));
    }

    private static IdMap map(String file) {
        try {
            return IdMap.parse(Files.readString(SELF.resolve(file)));
        } catch (IOException e) {
            return IdMap.IDENTITY;
        }
    }

    public boolean isInitial() {
        return equals(INITIAL);
    }

    /** Whether files can belong to them. */
    public boolean has(int user, int group) {
        return users.contains(user) && groups.contains(group);
    }
}
