package dev.slipway.step.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "from env", "EMPTY", "");

    @Test
    void readsVariablesAndFiles() {
        Secrets secrets = parse("id=a,env=KEY", "id=b,src=secret.txt", "src=crlf.txt,id=account.c");

        assertThat(secrets.secret("a")).contains(Secret.of("from env"));
        assertThat(secrets.secret("b")).contains(Secret.of("from file\n"));
        assertThat(secrets.secret("account.c")).contains(Secret.of("line"));
        assertThat(secrets.secret("d")).isEmpty();
    }

    @Test
    void anIdWithoutScopeServesEveryScope() {
        Secrets secrets = parse("id=key,env=KEY", "id=org.key,src=crlf.txt");

        assertThat(secrets.secret("account.key")).contains(Secret.of("from env"));
        assertThat(secrets.secret("org.key")).contains(Secret.of("line"));
        assertThat(parse("id=org.key,env=KEY").secret("key")).isEmpty();
        assertThat(parse("id=org.key,env=KEY").secret("account.key")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "" | expected id=ID,env=NAME or id=ID,src=PATH
            a | expected id=ID,env=NAME or id=ID,src=PATH
            id=a | expected id=ID,env=NAME or id=ID,src=PATH
            id=a,env=KEY,src=secret.txt | expected id=ID,env=NAME or id=ID,src=PATH
            id=a,env= | expected id=ID,env=NAME or id=ID,src=PATH
            id=a,value=x | expected id=ID,env=NAME or id=ID,src=PATH
            id=a,id=b,env=KEY | id is given twice
            env=KEY | '' is not the id of a secret
            id=a b,env=KEY | 'a b' is not the id of a secret
            id=a,env=NONE | the variable NONE is not set or empty
            id=a,env=EMPTY | the variable EMPTY is not set or empty
            id=a,src=none.txt | there is no file none.txt
            id=a,src=locked.txt | the file locked.txt cannot be read: locked.txt
            id=a,src=empty.txt | the file empty.txt is empty
            id=a,src=large.txt | a secret has at most 524288 bytes
            """)
    void saysWhatIsWrongWithAnOption(String option, String why) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse(option))
                .withMessage("--secret " + option + ": " + why);
    }

    @Test
    void tellsEveryFaultAndNoSecret() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> parse("id=a,env=KEY", "id=a,env=KEY", "id=b,env=NONE"))
                .satisfies(e -> assertThat(e.problems()).hasSize(2))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("from env"));
    }

    private static Secrets parse(String... options) {
        return Secrets.parse(List.of(options), ENVIRONMENT, file -> switch (file.toString()) {
            case "secret.txt" -> bytes("from file\n\n");
            case "crlf.txt" -> bytes("line\r\n");
            case "empty.txt" -> bytes("\n");
            case "large.txt" -> new byte[524289];
            case "locked.txt" -> throw new AccessDeniedException("locked.txt");
            default -> throw new NoSuchFileException(file.toString());
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
