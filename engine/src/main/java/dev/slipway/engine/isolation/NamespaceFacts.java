package dev.slipway.engine.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a user namespace of an ordinary user depends on.
 *
 * @param uid of the user
 * @param name of the user; empty where nobody knows it
 * @param helpers whether {@code newuidmap} and {@code newgidmap} are installed
 * @param subordinateUsers the lines of {@code /etc/subuid}
 * @param subordinateGroups the lines of {@code /etc/subgid}
 * @param switches of the kernel that can forbid it, with their values, e.g. {@code /proc/sys/user/max_user_namespaces = 0}
 */
record NamespaceFacts(
        int uid,
        String name,
        boolean helpers,
        List<String> subordinateUsers,
        List<String> subordinateGroups,
        List<Switch> switches) {
    private static final List<Path> PROGRAMS =
            Stream.of("/usr/local/bin", "/usr/bin", "/bin").map(Path::of).toList();
    private static final int NAME = 0;
    private static final int NUMBER = 2;

    NamespaceFacts {
        subordinateUsers = List.copyOf(subordinateUsers);
        subordinateGroups = List.copyOf(subordinateGroups);
        switches = List.copyOf(switches);
    }

    /**
     * A switch of the kernel.
     *
     * @param forbidding the value with which there are no user namespaces
     */
    record Switch(String file, String forbidding, Optional<String> value) {
        boolean forbids() {
            return value.filter(forbidding::equals).isPresent();
        }
    }

    static NamespaceFacts read(int uid) {
        return new NamespaceFacts(
                uid,
                name(uid),
                isInstalled("newuidmap") && isInstalled("newgidmap"),
                lines("/etc/subuid"),
                lines("/etc/subgid"),
                List.of(
                        read("/proc/sys/user/max_user_namespaces", "0"),
                        read("/proc/sys/kernel/unprivileged_userns_clone", "0"),
                        read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")));
    }

    private static boolean isInstalled(String program) {
        return PROGRAMS.stream().anyMatch(directory -> Files.isExecutable(directory.resolve(program)));
    }

    private static Switch read(String file, String forbidding) {
        return new Switch(file, forbidding, lines(file).stream().findFirst().map(String::strip));
    }

    private static String name(int uid) {
        return lines("/etc/passwd").stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > NUMBER && fields[NUMBER].equals(Integer.toUnsignedString(uid)))
                .map(fields -> fields[NAME])
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // not there, or not ours to see
        }
    }
}
