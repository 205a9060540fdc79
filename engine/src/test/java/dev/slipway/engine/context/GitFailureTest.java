package dev.slipway.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What git 2.39 writes where it fails. */
class GitFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            fatal: could not read Username for 'https://e.com': terminal prompts disabled    | refusal
            fatal: Authentication failed for 'https://e.com/r.git/'                          | refusal
            git@e.com: Permission denied (publickey).                                        | refusal
            fatal: dumb http transport does not support shallow capabilities                 | shallow
            error: Server does not allow request for unadvertised object 0123                | shallow
            fatal: remote error: upload-pack: not our ref 0123                               | shallow
            fatal: couldn't find remote ref refs/heads/x                                     | other
            fatal: unable to access 'https://e.com/r.git/': Could not resolve host: e.com    | unreached
            fatal: unable to access 'http://e.com/r.git/': The requested URL returned error: 502 | unreached
            fatal: unable to connect to e.com: e.com[0: 127.0.0.1]: errno=Connection refused | unreached
            fatal: the remote end hung up unexpectedly                                       | unreached
            fatal: repository 'http://e.com/r.git/' not found                                | absent
            fatal: remote error: access denied or repository not exported: /r                | absent
            fatal: transport 'file' not allowed                                              | other
            """)
    void isTakenForWhatItMeans(String line, String meaning) {
        GitFailure failure = new GitFailure(List.of(line), false);

        assertThat(failure.said()).isEqualTo(line);
        assertThat(failure.isRefusal()).isEqualTo(meaning.equals("refusal"));
        assertThat(failure.isShallowRefusal()).isEqualTo(meaning.equals("shallow"));
        assertThat(failure.isUnreached()).isEqualTo(meaning.equals("unreached"));
        assertThat(failure.isAbsence()).isEqualTo(meaning.equals("absent"));
    }

    @Test
    void progressAndCredentialsAreLeftOut() {
        GitFailure failure = new GitFailure(
                List.of(
                        "remote: Counting objects: 100% (3/3), done.",
                        "From https://e.com/r", "fatal: unable to access 'https://me:secret@e.com/r.git/'"),
                false);

        assertThat(failure.said()).isEqualTo("fatal: unable to access 'https://***@e.com/r.git/'");
    }

    @Test
    void somethingIsAlwaysSaid() {
        assertThat(new GitFailure(List.of(), false).said()).isEqualTo("git said nothing");
        assertThat(new GitFailure(List.of("a", "b", "c", "d"), false).said()).isEqualTo("b; c; d");
        assertThat(new GitFailure(List.of("fatal: x"), true).said()).contains("silent");
        assertThat(new GitFailure(List.of(), true).isUnreached()).isTrue();
    }
}
