package dev.slipway.dockerfile.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference: Dockerfile reference, RUN --mount. */
class MountFlagTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void bind() {
        assertThat(mount("target=/t")).isEqualTo(new Mount.Bind("/t", "/", Optional.empty(), true));
        assertThat(mount("type=bind,src=a,dst=b,from=Stage,rw"))
                .isEqualTo(new Mount.Bind("b", "a", Optional.of("Stage"), false));
        assertThat(mount("TYPE=bind,destination=b,readwrite=false"))
                .isEqualTo(new Mount.Bind("b", "/", Optional.empty(), true));
        assertThat(mount("from=x")).isEqualTo(new Mount.Bind("", "/", Optional.of("x"), true));
    }

    @Test
    void cache() {
        assertThat(mount("type=cache,target=/a//b/./c/"))
                .isEqualTo(new Mount.Cache(
                        "/a/b/c", "/a//b/./c/", "/", Optional.empty(), false, Mount.Sharing.SHARED, NONE, NONE, NONE));
        assertThat(mount("type=cache,target=c,id=x,ro,sharing=locked,from=s,source=d,mode=0700,uid=1,gid=2"))
                .isEqualTo(new Mount.Cache(
                        "x",
                        "c",
                        "d",
                        Optional.of("s"),
                        true,
                        Mount.Sharing.LOCKED,
                        OptionalInt.of(0700),
                        OptionalInt.of(1),
                        OptionalInt.of(2)));
    }

    @Test
    void tmpfs() {
        assertThat(mount("type=tmpfs,target=/t")).isEqualTo(new Mount.Tmpfs("/t", OptionalLong.empty()));
        assertThat(mount("type=tmpfs,target=/t,size=128m"))
                .isEqualTo(new Mount.Tmpfs("/t", OptionalLong.of(128L << 20)));
    }

    @Test
    void secret() {
        assertThat(mount("type=secret,id=a/b"))
                .isEqualTo(new Mount.Secret("a/b", Optional.of("/run/secrets/b"), Optional.empty(), false, 0400, 0, 0));
        assertThat(mount("type=secret,target=/x/key,required"))
                .isEqualTo(new Mount.Secret("key", Optional.of("/x/key"), Optional.empty(), true, 0400, 0, 0));
        assertThat(mount("type=secret,source=a,env=TOKEN"))
                .isEqualTo(new Mount.Secret("a", Optional.empty(), Optional.of("TOKEN"), false, 0400, 0, 0));
        assertThat(mount("type=secret,id=a,env=TOKEN,target=/t,mode=0440,uid=1,gid=2"))
                .isEqualTo(new Mount.Secret("a", Optional.of("/t"), Optional.of("TOKEN"), false, 0440, 1, 2));
    }

    @Test
    void ssh() {
        assertThat(mount("type=ssh")).isEqualTo(new Mount.Ssh("default", Optional.empty(), false, 0600, 0, 0));
        assertThat(mount("type=ssh,id=a,target=/s,required=true,mode=0666,uid=5,gid=6"))
                .isEqualTo(new Mount.Ssh("a", Optional.of("/s"), true, 0666, 5, 6));
    }

    @Test
    void quotedFieldsMayHoldCommas() {
        assertThat(mount("\"target=/a,b\",rw")).isEqualTo(new Mount.Bind("/a,b", "/", Optional.empty(), false));
    }

    @Test
    void variablesAreExpandedInEveryValueButFrom() {
        MountFlag flag = MountFlag.parse("type=$T,target=$D,from=plain");
        assertThat(flag.from()).hasValue("plain");
        UnaryOperator<String> expansion = raw -> raw.replace("$T", "cache").replace("$D", "/d");
        assertThat(flag.resolve(expansion))
                .isInstanceOfSatisfying(
                        Mount.Cache.class, cache -> assertThat(cache.target()).isEqualTo("/d"));
        assertThatThrownBy(() -> flag.resolve(_ -> "nosuch")).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            type=nosuch                    | unknown type
            type=cahce,target=/c           | did you mean cache?
            targte=/c                      | did you mean target?
            nosuch                         | unknown option
            target                         | has no value
            target=/,rw                    | the root directory
            target=/./                     | the root directory
            from=$X,target=/t              | variables are not expanded in from
            rw=maybe,target=/t             | neither true nor false
            type=cache                     | has no target
            type=tmpfs                     | has no target
            type=cache,target=/c,sharing=x | unknown sharing
            target=/c,sharing=locked       | sharing does not go with type bind
            target=/c,mode=0700            | do not go with type bind
            type=tmpfs,target=/c,uid=1     | do not go with type tmpfs
            type=cache,target=/c,mode=999  | not a number
            type=cache,target=/c,uid=-1    | not a number
            type=cache,target=/c,gid=99999999999 | not a number
            required,type=secret,id=a      | write type=secret or type=ssh before it
            size=1m,type=tmpfs,target=/t   | write type=tmpfs before it
            type=tmpfs,target=/t,size=x    | not a size
            type=secret                    | has no name
            type=secret,env=A              | has no name
            type=secret,id=a,source=b      | both name the secret
            type=secret,id=a,from=b        | from does not go with type secret
            type=ssh,source=a              | source does not go with type ssh
            type=cache,target=/c,env=A     | env does not go with type cache
            a"b                            | quote
            ~~                             | unknown option
            """)
    void refusesWhatDoesNotFit(String text, String reason) {
        assertThatThrownBy(() -> MountFlag.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    private static Mount mount(String text) {
        return MountFlag.parse(text).resolve(UnaryOperator.identity());
    }
}
