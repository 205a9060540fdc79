package dev.slipway.engine.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.user.UserDatabase.Owner;
import dev.slipway.engine.user.UserDatabase.Unknown;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.SlipwayException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reference: Dockerfile reference, USER and {@code COPY --chown}; passwd(5), group(5). */
class UserDatabaseTest {
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            app:x:1000:1001:Application:/home/app:/bin/sh
            homeless:x:1002:1002:::
            """;
    private static final String GROUP = """
            root:x:0:
            app:x:1001:
            wheel:x:10:root,app
            audio:x:63:app
            staff:x:50:somebody
            """;
    private static final UserDatabase USERS = UserDatabase.parse(PASSWD, GROUP);
    private static final UserDatabase NOBODY = UserDatabase.parse("", "");

    @Test
    void aNameHasItsPrimaryGroupItsOtherGroupsAndItsHome() {
        assertThat(USERS.forRun("app")).isEqualTo(new UserIds(1000, 1001, List.of(10, 63, 1001), "/home/app"));
    }

    @Test
    void aLoneNumberIsLookedUpLikeAName() {
        assertThat(USERS.forRun("1000")).isEqualTo(USERS.forRun("app"));
    }

    @Test
    void aLoneNumberThatNobodyHasRunsInGroupZero() {
        assertThat(USERS.forRun("4242")).isEqualTo(new UserIds(4242, 0, List.of(0), "/"));
        assertThat(NOBODY.forRun("4242")).isEqualTo(new UserIds(4242, 0, List.of(0), "/"));
    }

    @Test
    void twoNumbersNeedNoFilesAndHaveNoOtherGroups() {
        assertThat(USERS.forRun("1000:7")).isEqualTo(new UserIds(1000, 7, List.of(), "/home/app"));
        assertThat(NOBODY.forRun("5:6")).isEqualTo(new UserIds(5, 6, List.of(), "/"));
    }

    @Test
    void aGroupReplacesAllOthers() {
        assertThat(USERS.forRun("app:audio")).isEqualTo(new UserIds(1000, 63, List.of(63), "/home/app"));
        assertThat(USERS.forRun("app:99")).isEqualTo(new UserIds(1000, 99, List.of(99), "/home/app"));
        assertThat(USERS.forRun("77:audio")).isEqualTo(new UserIds(77, 63, List.of(63), "/"));
    }

    @Test
    void noUserIsRoot() {
        assertThat(USERS.forRun("")).isEqualTo(new UserIds(0, 0, List.of(0, 10), "/root"));
        assertThat(NOBODY.forRun("")).isEqualTo(new UserIds(0, 0, List.of(0), "/"));
    }

    @Test
    void unknownNamesFailAndSayWhereTheyAreMissing() {
        assertThatThrownBy(() -> USERS.forRun("nosuch"))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("'nosuch'")
                .hasMessageContaining("/etc/passwd");
        assertThatThrownBy(() -> USERS.forRun("app:nosuch")).hasMessageContaining("/etc/group");
        assertThatThrownBy(() -> NOBODY.forRun("root")).hasMessageContaining("/etc/passwd");
    }

    @Test
    void aHomeThatIsEmptyIsTheRootDirectory() {
        assertThat(USERS.forRun("homeless").home()).isEqualTo("/");
        assertThat(USERS.forRun("1002:1002").home()).isEqualTo("/");
    }

    @Test
    void ofSeveralEntriesTheFirstCounts() {
        UserDatabase twice = UserDatabase.parse("a:x:1:1::/one:\na:x:2:2::/two:\nb:x:1:9::/three:\n", "");
        assertThat(twice.forRun("a").home()).isEqualTo("/one");
        assertThat(twice.forRun("1").gid()).isEqualTo(1);
    }

    @Test
    void linesThatAreNotEntriesArePassedOver() {
        UserDatabase odd = UserDatabase.parse("# app:x:1\n\n+::::::\napp:x:abc:1::/:\napp:x:3:4::/h:\r\n", ":::\nx\n");
        assertThat(odd.forRun("app").uid()).isEqualTo(3);
    }

    @Test
    void forChownANameHasItsPrimaryGroup() {
        assertThat(USERS.forChown("app")).isEqualTo(new Owner(1000, 1001, List.of()));
    }

    @Test
    void forChownALoneNumberIsTheGroupAsWell() {
        assertThat(USERS.forChown("1000")).isEqualTo(new Owner(1000, 1000, List.of()));
        assertThat(NOBODY.forChown("55")).isEqualTo(new Owner(55, 55, List.of()));
    }

    @Test
    void forChownAnEmptyGroupIsZero() {
        assertThat(USERS.forChown("app:")).isEqualTo(new Owner(1000, 0, List.of()));
        assertThat(USERS.forChown("1000:")).isEqualTo(new Owner(1000, 0, List.of()));
    }

    @Test
    void forChownUserAndGroupAreNamesOrNumbers() {
        assertThat(USERS.forChown("app:audio")).isEqualTo(new Owner(1000, 63, List.of()));
        assertThat(USERS.forChown("12:audio")).isEqualTo(new Owner(12, 63, List.of()));
        assertThat(USERS.forChown("app:4")).isEqualTo(new Owner(1000, 4, List.of()));
        assertThat(USERS.forChown("12:4")).isEqualTo(new Owner(12, 4, List.of()));
        assertThat(USERS.forChown(":4")).isEqualTo(new Owner(0, 4, List.of()));
    }

    @Test
    void forChownRootNeedsNoFiles() {
        assertThat(NOBODY.forChown("root")).isEqualTo(new Owner(0, 0, List.of()));
        assertThat(NOBODY.forChown("root:root")).isEqualTo(new Owner(0, 0, List.of()));
    }

    /** BuildKit, solver/llbsolver: an unknown user is 0, an unknown group leaves the user's; Docker's reference says that the build fails. */
    @Test
    void forChownUnknownNamesAreTold() {
        assertThat(NOBODY.forChown("app"))
                .isEqualTo(new Owner(0, 0, List.of(new Unknown("user 'app'", "/etc/passwd"))));
        assertThat(USERS.forChown("app:nosuch"))
                .isEqualTo(new Owner(1000, 1001, List.of(new Unknown("group 'nosuch'", "/etc/group"))));
        assertThat(USERS.forChown("nosuch:audio"))
                .isEqualTo(new Owner(0, 63, List.of(new Unknown("user 'nosuch'", "/etc/passwd"))));
    }

    @Test
    void onlyNamesOtherThanRootAreLookedUp() {
        assertThat(List.of("app", "1:app", "app:", ":app")).allMatch(UserDatabase::namesSomebody);
        assertThat(List.of("root", "0", "1:2", "root:root", "1:", ":", "")).noneMatch(UserDatabase::namesSomebody);
    }

    @Test
    void numbersBeyondThoseOfLinuxAreNames() {
        assertThatThrownBy(() -> USERS.forRun("2147483648")).isInstanceOf(BuildFailedException.class);
        assertThat(USERS.forRun("2147483647").uid()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void anyTextIsReadOrRefusedButNeverBreaks() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2000 * Integer.getInteger("slipway.cases", 1); i++) {
            UserDatabase users = UserDatabase.parse(text(random), text(random));
            String name = text(random);
            assertThatCode(() -> lookUp(users, name)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static void lookUp(UserDatabase users, String name) {
        try {
            users.forRun(name);
            users.forChown(name);
        } catch (SlipwayException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static String text(Random random) {
        String alphabet = "a:0\n9,/\r \u00e9";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
