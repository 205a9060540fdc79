package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.instruction.Mount.Sharing;
import dev.slipway.dockerfile.instruction.Run.Network;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mounts, networks and privileges of RUN come to. Reference: Dockerfile reference, RUN. */
class RunMountPlanningTest {
    private static final Grants SOME =
            new Grants(Set.of("token", "file"), Set.of("default"), Set.of(Entitlement.SECURITY_INSECURE), false);

    private static Operation.Run run(String flags) {
        return run(Planning.of(dockerfile(flags)).grants(SOME));
    }

    private static Operation.Run run(Planning planning) {
        return Planning.run(planning.plan(), "RUN");
    }

    private static String dockerfile(String flags) {
        return "FROM base AS other\nRUN x\nFROM base\nWORKDIR /w\nARG V=var\nRUN " + flags + " true\n";
    }

    private static List<RunMount> mounts(String flags) {
        return run(flags).mounts().mounts();
    }

    @Test
    void aBindIsOfTheContextAndReadOnlyUnlessItSaysOtherwise() {
        assertThat(mounts("--mount=target=/t"))
                .containsExactly(new RunMount.Bind(new FileSource.Context(), "/", "/t", true));
        assertThat(mounts("--mount=type=bind,from=other,source=$V/f,target=$V,rw"))
                .containsExactly(new RunMount.Bind(new FileSource.OfStage(0), "var/f", "/w/var", false));
        assertThat(mounts("--mount=from=scratch,target=/t,readwrite"))
                .containsExactly(new RunMount.Bind(new FileSource.Scratch(), "/", "/t", false));
    }

    @Test
    void eachFromIsThatOfItsOwnMount() {
        assertThat(mounts("--mount=target=/a --mount=from=other,target=/b --mount=from=scratch,target=/c"))
                .extracting(mount -> mount.files().orElseThrow())
                .containsExactly(new FileSource.Context(), new FileSource.OfStage(0), new FileSource.Scratch());
    }

    @Test
    void aCacheIsNamedByItsTargetAndShared() {
        assertThat(mounts("--mount=type=cache,target=/root/.m2"))
                .containsExactly(new RunMount.Cache(
                        "/root/.m2",
                        "/",
                        "/root/.m2",
                        Optional.empty(),
                        false,
                        Sharing.SHARED,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty()));
        assertThat(mounts(
                        "--mount=type=cache,id=i,target=c,from=other,source=/s,ro,sharing=locked,mode=700,uid=1,gid=2"))
                .containsExactly(new RunMount.Cache(
                        "i",
                        "/s",
                        "/w/c",
                        Optional.of(new FileSource.OfStage(0)),
                        true,
                        Sharing.LOCKED,
                        OptionalInt.of(0700),
                        OptionalInt.of(1),
                        OptionalInt.of(2)));
    }

    @Test
    void theNamespaceGoesBeforeTheNamesOfCaches() {
        Operation.Run run =
                run(Planning.of(dockerfile("--mount=type=cache,target=/c")).arg("BUILDKIT_CACHE_MOUNT_NS", "team"));

        assertThat(run.mounts().mounts())
                .extracting(mount -> ((RunMount.Cache) mount).id())
                .containsExactly("team//c");
    }

    @Test
    void aTmpfsMayHaveASize() {
        assertThat(mounts("--mount=type=tmpfs,target=/t"))
                .containsExactly(new RunMount.Tmpfs("/t", OptionalLong.empty()));
        assertThat(mounts("--mount=type=tmpfs,target=/t,size=2k"))
                .containsExactly(new RunMount.Tmpfs("/t", OptionalLong.of(2048)));
    }

    @Test
    void aSecretIsAFileOrAVariableOrBoth() {
        assertThat(mounts("--mount=type=secret,id=token"))
                .containsExactly(new RunMount.SecretFile("token", "/run/secrets/token", 0400, 0, 0));
        assertThat(mounts("--mount=type=secret,target=a/file,mode=0440,uid=3,gid=4"))
                .containsExactly(new RunMount.SecretFile("file", "/w/a/file", 0440, 3, 4));
        assertThat(run("--mount=type=secret,id=token,env=T").mounts())
                .isEqualTo(new CommandMounts(List.of(), Map.of("T", "token"), Optional.empty()));
        assertThat(run("--mount=type=secret,id=token,env=T,target=/t").mounts())
                .isEqualTo(new CommandMounts(
                        List.of(new RunMount.SecretFile("token", "/t", 0400, 0, 0)),
                        Map.of("T", "token"),
                        Optional.empty()));
    }

    @Test
    void agentsAreCountedAndTheFirstIsTheVariables() {
        CommandMounts mounts = run("--mount=type=ssh,id=none --mount=type=ssh --mount=type=ssh,target=/s,mode=0666")
                .mounts();

        assertThat(mounts.mounts())
                .containsExactly(
                        new RunMount.Ssh("default", "/run/buildkit/ssh_agent.1", 0600, 0, 0),
                        new RunMount.Ssh("default", "/s", 0666, 0, 0));
        assertThat(mounts.agentSocket()).contains("/run/buildkit/ssh_agent.1");
    }

    @Test
    void whatIsOptionalAndNotGivenIsNotThere() {
        assertThat(run("--mount=type=secret,id=no --mount=type=secret,id=no,env=N --mount=type=ssh,id=no")
                        .mounts())
                .isEqualTo(CommandMounts.NONE);
    }

    @Test
    void mountsAreInTheOrderOfTheirTargets() {
        assertThat(mounts("--mount=target=/a/b --mount=type=tmpfs,target=/a --mount=type=cache,target=/0"))
                .extracting(RunMount::target)
                .containsExactly("/0", "/a", "/a/b");
    }

    @Test
    void theFilesOfMountedStagesAndImagesAreNeeded() {
        Plan plan = Planning.of("""
                        FROM left AS a
                        FROM mid AS b
                        RUN x
                        FROM base
                        RUN --mount=from=a,target=/a --mount=type=cache,from=tool,target=/c true
                        """).plan();

        assertThat(plan.stages().keySet()).containsExactly(0, 2);
        assertThat(plan.treeImages().stream().map(key -> key.reference().repository()))
                .containsExactlyInAnyOrder("library/left", "library/tool", "library/base");
    }

    @Test
    void networkAndSecurityAreThoseOfTheFlags() {
        assertThat(run("").network()).isEqualTo(Network.DEFAULT);
        assertThat(run("--network=none").network()).isEqualTo(Network.NONE);
        assertThat(run("").isInsecure()).isFalse();
        assertThat(run("--security=insecure").isInsecure()).isTrue();
        assertThat(run("--security=sandbox").isInsecure()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mount=type=secret,id=no,required | the command needs the secret 'no'",
                "--mount=type=secret,id=no,required=true,env=N | add --secret id=no,src=FILE",
                "--mount=type=ssh,id=no,required | add --ssh no=SOCKET",
                "--network=host | entitlement network.host is not allowed",
                "--mount=type=tmpfs,target=/ | the target is the root directory",
                "--mount=type=tmpfs,target=.. | the target is the root directory",
                "--mount=type=bind,target=/t,from=$V | variables are not expanded in from",
            })
    void refusedBeforeAnyImageIsAskedFor(String flags, String why) {
        Planning planning = Planning.of(dockerfile(flags)).grants(SOME);

        assertThatThrownBy(planning::plan)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Dockerfile:6")
                .hasMessageContaining(why);
    }

    @Test
    void allThatIsRefusedIsToldAtOnce() {
        Planning planning = Planning.of("""
                FROM base
                RUN --mount=type=secret,id=a,required --mount=type=ssh,required --network=host --security=insecure x
                RUN --mount=type=secret,id=b,required y
                """);

        assertThatThrownBy(planning::plan)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(5));
        assertThat(planning.asked()).isEmpty();
    }

    @Test
    void whoOnlyLooksIsRefusedNothing() {
        assertThat(run(Planning.of(dockerfile("--mount=type=secret,id=x,required --network=host"))
                                .grants(Grants.EVERYTHING))
                        .mounts()
                        .mounts())
                .hasSize(1);
    }
}
