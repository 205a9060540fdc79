package dev.slipway.engine.isolation;

import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Why an ordinary user's build runs without a user namespace, and what to do about it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/subuid.5.html">subuid(5)</a>
 */
record MissingNamespace(Problem problem) {
    private static final String WHAT = "there is no user namespace for user ";

    static MissingNamespace of(NamespaceFacts facts) {
        String who = facts.name().isEmpty() ? Integer.toUnsignedString(facts.uid()) : facts.name();
        Optional<NamespaceFacts.Switch> off =
                facts.switches().stream().filter(NamespaceFacts.Switch::forbids).findFirst();
        if (off.isPresent()) {
            String file = off.get().file();
            return of(who, file + " is " + off.get().forbidding(), "run as root, or have the kernel allow them");
        }
        if (!facts.helpers()) {
            return of(
                    who,
                    "newuidmap and newgidmap are not installed",
                    "install Debian's package uidmap, or run as root");
        }
        for (String file : List.of("/etc/subuid", "/etc/subgid")) {
            List<String> lines = file.endsWith("subuid") ? facts.subordinateUsers() : facts.subordinateGroups();
            if (lines.stream().noneMatch(line -> isOf(facts, line))) {
                String remedy = "have root run: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + who;
                return of(who, file + " has no range for this user", remedy);
            }
        }
        return of(
                who,
                "the launcher has made none",
                "start Slipway with its launcher, and see what this says: unshare --user --map-root-user --map-auto true");
    }

    private static boolean isOf(NamespaceFacts facts, String line) {
        String owner = line.split(":", 2)[0];
        return !owner.isEmpty() && (owner.equals(facts.name()) || owner.equals(Integer.toUnsignedString(facts.uid())));
    }

    private static MissingNamespace of(String who, String why, String remedy) {
        return new MissingNamespace(Problem.of(WHAT + who, why).remedy(remedy));
    }
}
