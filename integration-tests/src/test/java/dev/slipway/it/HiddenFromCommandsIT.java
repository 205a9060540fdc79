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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A command that looks for what only the builder may know: credentials of the registry and of AWS, the builder's
 * environment, its files. It looks into its environment, that of every process it sees, and every file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenFromCommandsIT {
    private static final String MARK = "hidden-7f3a";

    /** Does not hold the mark itself, which its own command line would show. */
    private static final String SEARCH = """
            FROM busybox:1.36
            RUN MOUNTS mark=hidden; mark=$mark-7f3a; \\
                env | grep $mark | grep -v ^mark= | sed 's/^/in the environment: /'; \\
                for p in /proc/[0-9]*/environ; do if grep -q $mark $p; then echo "in $p"; fi; done 2>/dev/null; \\
                find / -xdev -type f | xargs grep -l $mark | sed 's/^/in the file /'; \\
                find /dev /run /tmp /etc /root -type f | xargs grep -l $mark | sed 's/^/in the file /'; \\
                echo searched
            """;

    @TempDir
    static Path temp;

    private Workbench bench;
    private Path outside;

    @BeforeAll
    void open() throws IOException {
        bench = Workbench.open(temp);
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("config.json"), """
                {"auths": {"registry.example.com": {"identitytoken": "%s"}}}
                """.formatted(MARK));
        Files.writeString(outside.resolve("secret"), MARK);
    }

    @AfterAll
    void close() {
        bench.close();
    }

    /** Everything that the builder gets, it gets with the mark. */
    private List<String> search(String name, String mounts, String... options) throws IOException {
        Path context = bench.context(name, SEARCH.replace("MOUNTS", mounts));
        Command.Result result = bench.slipway()
                .build("--progress=plain", "--secret", "id=s,src=" + outside.resolve("secret"))
                .with(options)
                .with(".")
                .in(context)
                .env("DOCKER_CONFIG", outside.toString())
                .env("AWS_ACCESS_KEY_ID", MARK)
                .env("AWS_SECRET_ACCESS_KEY", MARK)
                .env("AWS_SESSION_TOKEN", MARK)
                .env("AWS_WEB_IDENTITY_TOKEN_FILE", outside.resolve("secret").toString())
                .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", MARK)
                .env("SOME_VARIABLE", MARK)
                .run()
                .mustSucceed();
        return result.err()
                .lines()
                .filter(line -> line.matches("#\\d+ \\| .*"))
                .map(line -> line.substring(line.indexOf('|') + 2))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci", "chroot"})
    void aCommandFindsNothingOfIt(String isolation) throws IOException {
        assertThat(search("nothing-" + isolation, "", "--isolation", isolation)).containsExactly("searched");
    }

    /** The search finds what is there. */
    @Test
    void whatIsGivenToTheCommandIsFound() throws IOException {
        assertThat(search("given", "--mount=type=secret,id=s --mount=type=secret,id=s,env=GIVEN", "--isolation", "oci"))
                .contains("in the environment: GIVEN=***", "in the file /run/secrets/s", "searched")
                .anyMatch(line -> line.matches("in /proc/\\d+/environ"));
    }
}
