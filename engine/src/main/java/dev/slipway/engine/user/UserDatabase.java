package dev.slipway.engine.user;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The users and groups of a tree, from the text of its {@code /etc/passwd} and {@code /etc/group}. Lines that are
 * malformed are passed over, as the C library does.
 */
public final class UserDatabase {
    /** HOME of a user who has none: what OCI runtimes say. */
    private static final String NOWHERE = "/";

    private final List<User> users;
    private final List<Group> groups;

    private UserDatabase(List<User> users, List<Group> groups) {
        this.users = users;
        this.groups = groups;
    }

    private record User(String name, int uid, int gid, String home) {
        String knownHome() {
            return home.isEmpty() ? NOWHERE : home;
        }
    }

    private record Group(String name, int gid, List<String> members) {}

    /**
     * An owner that {@code --chown} names.
     *
     * @param unknown for each name that nobody has: what was looked for, e.g. {@code user 'app'}, and where
     */
    public record Owner(int uid, int gid, List<Unknown> unknown) {
        public Owner {
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * A name that nobody has.
     *
     * @param what e.g. {@code user 'app'}
     * @param file where it was looked for
     */
    public record Unknown(String what, String file) {}

    public static UserDatabase parse(String passwd, String group) {
        List<User> users = new ArrayList<>();
        for (String line : passwd.split("\n")) {
            String[] fields = line.strip().split(":", -1);
            if (fields.length >= 6
                    && !fields[0].isEmpty()
                    && number(fields[2]).isPresent()
                    && number(fields[3]).isPresent()) {
                users.add(new User(
                        fields[0],
                        number(fields[2]).getAsInt(),
                        number(fields[3]).getAsInt(),
                        fields[5]));
            }
        }
        List<Group> groups = new ArrayList<>();
        for (String line : group.split("\n")) {
            String[] fields = line.strip().split(":", -1);
            if (fields.length >= 4 && number(fields[2]).isPresent()) {
                groups.add(new Group(fields[0], number(fields[2]).getAsInt(), List.of(fields[3].split(","))));
            }
        }
        return new UserDatabase(users, groups);
    }

    /**
     * What USER means for RUN. Numbers need no entry; a user alone gets its primary and supplementary groups, one with a
     * group only that group.
     *
     * @param text as USER has it; empty means root
     * @throws BuildFailedException without a place, if a name is unknown
     */
    public UserIds forRun(String text) {
        String userPart = part(text, 0);
        String groupPart = part(text, 1);
        OptionalInt uid = number(userPart);
        OptionalInt gid = number(groupPart);
        if (uid.isPresent() && gid.isPresent()) {
            return new UserIds(
                    uid.getAsInt(),
                    gid.getAsInt(),
                    List.of(),
                    byUid(uid.getAsInt()).map(User::knownHome).orElse(NOWHERE));
        }
        Optional<User> user =
                userPart.isEmpty() ? byUid(0) : uid.isPresent() ? byUid(uid.getAsInt()) : byName(userPart);
        if (user.isEmpty() && uid.isEmpty() && !userPart.isEmpty()) {
            throw unknown("user", userPart, "/etc/passwd");
        }
        int id = user.map(User::uid).orElse(uid.orElse(0));
        String home = user.map(User::knownHome).orElse(NOWHERE);
        if (!groupPart.isEmpty()) {
            int group = gid.isPresent()
                    ? gid.getAsInt()
                    : groupByName(groupPart).orElseThrow(() -> unknown("group", groupPart, "/etc/group"));
            return new UserIds(id, group, List.of(group), home);
        }
        int primary = user.map(User::gid).orElse(0);
        TreeSet<Integer> all = new TreeSet<>(List.of(primary));
        user.ifPresent(found -> groups.stream()
                .filter(group -> group.members().contains(found.name()))
                .forEach(group -> all.add(group.gid())));
        return new UserIds(id, primary, List.copyOf(all), home);
    }

    /**
     * What {@code --chown} means: a name has its primary group, a number alone the group of the same number, and an empty
     * group is 0. A user that nobody is is 0 as well, and a group that there is not is as one that was not written, as
     * BuildKit has it.
     */
    public Owner forChown(String text) {
        List<Unknown> unknown = new ArrayList<>();
        String userPart = part(text, 0);
        Optional<User> user = isName(userPart) ? byName(userPart) : Optional.empty();
        if (isName(userPart) && user.isEmpty()) {
            unknown.add(new Unknown("user '" + userPart + "'", "/etc/passwd"));
        }
        int id = user.map(User::uid).orElse(number(userPart).orElse(0));
        int primary = user.map(User::gid).orElse(id);
        if (text.indexOf(':') < 0) {
            return new Owner(id, primary, unknown);
        }
        String groupPart = part(text, 1);
        OptionalInt gid = isName(groupPart) ? groupByName(groupPart) : number(groupPart);
        if (isName(groupPart) && gid.isEmpty()) {
            unknown.add(new Unknown("group '" + groupPart + "'", "/etc/group"));
        }
        return new Owner(id, gid.orElse(groupPart.isEmpty() ? 0 : primary), unknown);
    }

    /** Whether {@code --chown} has a name that has to be looked up; {@code root} need not be. */
    public static boolean namesSomebody(String text) {
        return isName(part(text, 0)) || isName(part(text, 1));
    }

    private static boolean isName(String part) {
        return !part.isEmpty() && !part.equals("root") && number(part).isEmpty();
    }

    private static String part(String text, int index) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return index == 0 ? text : "";
        }
        return index == 0 ? text.substring(0, colon) : text.substring(colon + 1);
    }

    private Optional<User> byName(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    private Optional<User> byUid(int uid) {
        return users.stream().filter(user -> user.uid() == uid).findFirst();
    }

    private OptionalInt groupByName(String name) {
        return groups.stream()
                .filter(group -> group.name().equals(name))
                .mapToInt(Group::gid)
                .findFirst();
    }

    private static BuildFailedException unknown(String kind, String name, String file) {
        return new BuildFailedException(Problem.of(
                        "there is no " + kind + " '" + name + "'",
                        "it is not in " + file + " of the image at this point")
                .remedy("add it with RUN before, or use its number"));
    }

    private static OptionalInt number(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        long value = Long.parseLong(text);
        return value > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) value);
    }
}
