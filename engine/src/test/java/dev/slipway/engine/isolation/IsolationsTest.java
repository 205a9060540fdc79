package dev.slipway.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.isolation.Isolations.Decision;
import dev.slipway.engine.request.IsolationChoice;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.IdMap;
import dev.slipway.foundation.linux.UserNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is chosen for which machine, and what is said where it cannot be. */
class IsolationsTest {
    private static final UserNamespace MAPPED = namespace("0 1001 1\n1 100000 65535\n");
    private static final Problem NO_RUNC =
            Problem.of("RUN needs the program 'runc'", "it is not there").remedy("install runc");
    private static final Problem NO_NAMESPACE =
            Problem.of("there is no user namespace", "no range").remedy("usermod");

    private static final HostFacts ROOT = root(UserNamespace.INITIAL);
    private static final HostFacts ROOTLESS = root(MAPPED);
    private static final HostFacts ORDINARY = new HostFacts(
            1001, UserNamespace.INITIAL, List.of(), Optional.empty(), Optional.empty(), Optional.of(NO_NAMESPACE));

    private static UserNamespace namespace(String map) {
        return new UserNamespace(IdMap.parse(map), IdMap.parse(map));
    }

    private static HostFacts root(UserNamespace namespace) {
        return new HostFacts(0, namespace, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static HostFacts without(HostFacts facts, List<Problem> programs, String overlay, String process) {
        return new HostFacts(
                facts.user(),
                facts.namespace(),
                programs,
                Optional.of(overlay).filter(why -> !why.isEmpty()),
                Optional.of(process).filter(why -> !why.isEmpty()),
                facts.withoutNamespace());
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "OCI"})
    void rootWithMountsHasOci(IsolationChoice asked) {
        assertThat(Isolations.decide(asked, ROOT)).isEqualTo(new Decision.Oci(false, List.of()));
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "OCI"})
    void theRootOfAUserNamespaceIsRootless(IsolationChoice asked) {
        assertThat(Isolations.decide(asked, ROOTLESS)).isEqualTo(new Decision.Oci(true, List.of()));
    }

    @Test
    void whereNothingCanBeMountedItIsChrootAndSaysWhy() {
        assertThat(Isolations.decide(
                        IsolationChoice.AUTO, without(ROOT, List.of(), "mount: Operation not permitted", "")))
                .isEqualTo(new Decision.Chroot("no overlay can be mounted here: mount: Operation not permitted"));
    }

    @Test
    void whereNoProcessGetsNamespacesItIsChrootToo() {
        assertThat(Isolations.decide(
                        IsolationChoice.AUTO, without(ROOTLESS, List.of(), "", "unshare: mount /proc failed")))
                .isEqualTo(
                        new Decision.Chroot("no process gets namespaces of its own here: unshare: mount /proc failed"));
    }

    /** A weaker isolation must not come of a package that somebody forgot. */
    @Test
    void aMissingProgramIsNoReasonForChroot() {
        assertThat(Isolations.decide(IsolationChoice.AUTO, without(ROOT, List.of(NO_RUNC), "", "")))
                .isEqualTo(new Decision.Oci(false, List.of(NO_RUNC)));
    }

    @Test
    void anOrdinaryUserWithoutANamespaceHasNothing() {
        assertThat(Isolations.decide(IsolationChoice.AUTO, ORDINARY))
                .isEqualTo(new Decision.None(List.of(NO_NAMESPACE)));
    }

    @ParameterizedTest
    @EnumSource(names = {"OCI", "CHROOT"})
    void whatAnOrdinaryUserAsksForIsRefusedWithTheReason(IsolationChoice asked) {
        assertThatThrownBy(() -> Isolations.decide(asked, ORDINARY))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("no range; usermod");
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        HostFacts poor = without(ROOT, List.of(NO_RUNC), "mount: EPERM", "unshare: EPERM");

        assertThatThrownBy(() -> Isolations.decide(IsolationChoice.OCI, poor))
                .isInstanceOfSatisfying(
                        MachineException.class,
                        error -> assertThat(ExitStatus.of(error).code()).isEqualTo(5))
                .hasMessageContaining("mount: EPERM")
                .hasMessageContaining("unshare: EPERM")
                .hasMessageContaining("install runc")
                .hasMessageContaining("CAP_SYS_ADMIN");
    }

    @Test
    void chrootIsThereForTheAsking() {
        assertThat(Isolations.decide(IsolationChoice.CHROOT, ROOT)).isEqualTo(new Decision.Chroot("asked for"));
    }

    @Test
    void commandsAreRefusedWhereTheirProgramsAreMissingAndFilesAreNot() {
        Isolation isolation = new OciIsolation(List.of(NO_RUNC));

        isolation.require(false);
        assertThatThrownBy(() -> isolation.require(true))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("install runc");
    }

    @Test
    void nothingButConfigurationIsBuiltWithoutIsolation() {
        Isolation none = new NoIsolation(List.of(NO_NAMESPACE));

        assertThat(none.line()).isEqualTo("isolation: none (there is no user namespace: no range)");
        assertThatThrownBy(() -> none.require(false)).isInstanceOf(MachineException.class);
    }

    @Test
    void whatOnlyControlGroupsCanDoIsNotPromisedWithoutRoot() {
        assertThat(new OciIsolation(List.of()).abilities()).containsExactlyInAnyOrder(Ability.values());
        assertThat(new RootlessIsolation(MAPPED, List.of()).abilities())
                .containsExactlyInAnyOrder(Ability.OWN_NETWORK, Ability.PRIVILEGES, Ability.VIEWS);
    }

    @Test
    void treesOfOtherMarksOrOwnersLieApart() {
        Path home = Path.of("/home");
        Path first = new RootlessIsolation(MAPPED, List.of()).treesHome(home);
        Path second = new RootlessIsolation(namespace("0 1001 1\n1 200000 65535\n"), List.of()).treesHome(home);

        assertThat(new OciIsolation(List.of()).treesHome(home)).isEqualTo(home);
        assertThat(first).startsWithRaw(home).isNotEqualTo(home).isNotEqualTo(second);
    }

    @Test
    void theLineSaysHowManyUsersThereAre() {
        assertThat(new RootlessIsolation(MAPPED, List.of()).line())
                .isEqualTo("isolation: oci, rootless (overlay mounts in a user namespace of 65536 users)");
    }
}
