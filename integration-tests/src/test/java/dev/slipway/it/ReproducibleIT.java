package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same digest on hosts that differ in all that a build must not depend on. Needs root. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReproducibleIT {
    private static final String DOCKERFILE = """
            FROM busybox:1.36 AS tools
            RUN for i in $(seq 1 300); do echo "$i" > /file$i; done
            RUN mkdir -p /d/e && touch /d/e/new && ln /file1 /hard && ln -s file2 /soft && mkfifo /pipe
            RUN dd if=/dev/zero of=/zeros bs=1M count=3 && chmod 4755 /file3 && chown app:app /file4 && rm /file5

            FROM busybox:1.36 AS other
            RUN seq 1 200000 > /numbers

            FROM busybox:1.36
            COPY --from=tools / /
            COPY --from=other /numbers /
            COPY . /context/
            WORKDIR /made/deep
            RUN umask > /umask; hostname > /host; pwd > /where; env | sort > /env; date +%Z > /zone; nproc > /dev/null
            RUN touch /d && touch -d '2031-01-01 00:00:00' /future && touch -d '1969-12-31 00:00:00' /past
            COPY --link --chown=1000:1000 script /linked/
            ADD archive.tar /unpacked/
            CMD ["sh"]
            """;
    /** Two hosts: {@code $0} is an empty directory, which becomes the home of the build. */
    private static final List<String> HOSTS = List.of("""
            set -e
            mount -t tmpfs none "$0"
            hostname one
            umask 022
            export TZ=UTC LC_ALL=C SLIPWAY_JAVA_OPTS=-XX:ActiveProcessorCount=1
            export SLIPWAY_HOME="$0/short"
            exec "$@"
            """, """
            set -e
            truncate -s 300M "$0.img"
            mkfs.ext4 -q "$0.img"
            mount -o loop "$0.img" "$0"
            for lib in /usr/lib/*/libisal.so.*; do [ ! -f "$lib" ] || mount --bind /dev/null "$lib"; done
            hostname two
            umask 077
            export TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 SLIPWAY_JAVA_OPTS=-XX:ActiveProcessorCount=8
            export SLIPWAY_HOME="$0/a longer/path to the/state"
            sleep 1
            exec "$@"
            """);

    @TempDir
    static Path temp;

    private Workbench bench;
    private Path context;

    @BeforeAll
    void start() throws IOException {
        bench = Workbench.open(temp);
        context = bench.context("context", DOCKERFILE);
        Files.writeString(context.resolve("script"), "#!/bin/sh\necho script\n");
        Files.write(context.resolve("noise"), new byte[2_500_000]);
        Files.createDirectories(context.resolve("a/b"));
        Files.writeString(context.resolve("a/b/leaf"), "leaf");
        Command.of("sh", "-c", "tar -cf archive.tar a script && chmod -R go-w . && chmod 750 a && chmod 755 script")
                .in(context)
                .run()
                .mustSucceed();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @Test
    void theDigestIsTheSameOnEveryHost() throws IOException {
        String first = digest(0, copyOfContext("first"), "--reproducible");
        String second = digest(1, copyOfContext("second"), "--reproducible");

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aGivenTimeChangesTheDigestButNoHostDoes() throws IOException {
        String epoch = "--build-arg=SOURCE_DATE_EPOCH=1700000000";
        String first = digest(0, copyOfContext("dated1"), "--reproducible", epoch);
        String second = digest(1, copyOfContext("dated2"), "--reproducible", epoch);

        assertThat(second).isEqualTo(first);
    }

    /** Without the option the times of files are those of the build, as with BuildKit: this test can fail. */
    @Test
    void withoutTheOptionTheTimesOfFilesTellTheBuildsApart() throws IOException {
        String epoch = "--build-arg=SOURCE_DATE_EPOCH=1700000000";

        assertThat(digest(1, copyOfContext("usual2"), epoch)).isNotEqualTo(digest(0, copyOfContext("usual1"), epoch));
    }

    /** With other modification times, as another checkout has them. */
    private Path copyOfContext(String name) {
        Path copy = temp.resolve(name);
        Command.of("cp", "-r", "--preserve=mode", context.toString(), copy.toString())
                .run()
                .mustSucceed();
        return copy;
    }

    /** The digest of the image, and those of its layers. */
    private String digest(int host, Path of, String... options) throws IOException {
        Path home = Files.createTempDirectory(temp, "host");
        List<String> words = bench.slipway().build(options).with(".").builder().command();
        Command.Result result = Command.of("unshare", "--mount", "--uts", "sh", "-c", HOSTS.get(host), home.toString())
                .with(words)
                .in(of)
                .run()
                .mustSucceed();
        assertThat(result.out()).startsWith("digest sha256:");
        return result.out();
    }
}
