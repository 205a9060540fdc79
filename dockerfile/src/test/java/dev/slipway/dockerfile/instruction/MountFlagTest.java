package dev.slipway.dockerfile.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

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

    private static Mount mount(String text) {
        return MountFlag.parse(text).resolve(UnaryOperator.identity());
    }
}
