package dev.slipway.dockerfile.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.source.GitReference.ModificationTime;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a source is. References: Dockerfile reference, ADD; Build context, Git repositories, URL fragments and URL queries;
 * BuildKit, frontend/dockerfile/dfgitutil and util/gitutil, for the forms that the documentation leaves out.
 */
class SourceReferenceTest {
    private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";
    private static final String SHA256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file",
                "dir/",
                "/abs",
                ".",
                "./https://example.com/x.git",
                "../user@host:path",
                "*.txt",
                "repo.git",
                ".git",
                "./.git",
                "example.com/owner/repo.git",
                "github.com/owner/repo",
                "github.com/owner/repo.git#main",
                "ftp://example.com/file",
                "s3://bucket/key",
                "file:///etc/passwd",
                "git+ssh://example.com/repo",
                "https:/example.com/x",
                "host:path",
                "us er@host:path",
                "a.b@host:path",
                "user@ho_st:path",
                "user@host/path:x",
                "@host:path",
                "user@:path",
                "c:\\file",
                ""
            })
    void everythingElseIsAPath(String text) {
        assertThat(SourceReference.parse(text)).isEqualTo(new LocalPath(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://example.com/file.txt           | http://example.com/file.txt          | file.txt
            https://example.com/a/b.tar.gz?x=1&y  | https://example.com/a/b.tar.gz?x=1&y | b.tar.gz
            https://example.com/a/#part           | https://example.com/a/               | a
            https://example.com                   | https://example.com                  | __unnamed__
            https://example.com/                  | https://example.com/                 | __unnamed__
            https://example.com//                 | https://example.com//                | __unnamed__
            https://example.com?name=x.txt        | https://example.com?name=x.txt       | __unnamed__
            https://example.com:8443/x            | https://example.com:8443/x           | x
            https://example.com:/x                | https://example.com/x                | x
            https://[::1]:80/x                    | https://[::1]:80/x                   | x
            https://EXAMPLE.com/X                 | https://example.com/X                | X
            https://example.com/a%20b             | https://example.com/a%20b            | a b
            https://example.com/a b               | https://example.com/a%20b            | a b
            https://example.com/a%2Fb             | https://example.com/a%2Fb            | b
            https://example.com/é                 | https://example.com/%C3%A9           | é
            https://bücher.example/x              | https://xn--bcher-kva.example/x      | x
            https://example.com/{a}[b]            | https://example.com/%7Ba%7D%5Bb%5D   | {a}[b]
            https://example.com/x?q=%zz           | https://example.com/x?q=%25zz        | x
            https://example.com/x.git/            | https://example.com/x.git/           | x.git
            https://example.com/x.git/info        | https://example.com/x.git/info       | info
            https://example.com/x.git.zip         | https://example.com/x.git.zip        | x.git.zip
            https://example.com/x?y=.git          | https://example.com/x?y=.git         | x
            https://example.com/x#y.git           | https://example.com/x                | x
            https://example.com/x.GIT             | https://example.com/x.GIT            | x.GIT
            https://github.com/owner/repo         | https://github.com/owner/repo        | repo
            """)
    void anAddressThatDoesNotEndInGitIsAFile(String text, String address, String name) {
        assertThat(SourceReference.parse(text)).isInstanceOfSatisfying(HttpSource.class, http -> {
            assertThat(http.address()).hasToString(address);
            assertThat(http.fileName()).isEqualTo(name);
            assertThat(http.userInfo()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            https://example.com/r.git                         | https://example.com/r.git      | -                | -
            http://example.com/r.git                          | http://example.com/r.git       | -                | -
            HTTPS://example.com/r.git                         | https://example.com/r.git      | -                | -
            https://example.com/.git                          | https://example.com/.git       | -                | -
            https://example.com/r%2Egit                       | https://example.com/r%2Egit    | -                | -
            https://example.com/r.git#                        | https://example.com/r.git      | -                | -
            https://example.com/r.git#v1                      | https://example.com/r.git      | v1               | -
            https://example.com/r.git#release/1.2             | https://example.com/r.git      | release/1.2      | -
            https://example.com/r.git#pull/42/head            | https://example.com/r.git      | pull/42/head     | -
            https://example.com/r.git#refs/heads/x            | https://example.com/r.git      | refs/heads/x     | -
            https://example.com/r.git#v1:sub/dir              | https://example.com/r.git      | v1               | sub/dir
            https://example.com/r.git#v1:/sub//dir/           | https://example.com/r.git      | v1               | sub/dir
            https://example.com/r.git#v1:../sub               | https://example.com/r.git      | v1               | sub
            https://example.com/r.git#:sub                    | https://example.com/r.git      | -                | sub
            https://example.com/r.git#v1:                     | https://example.com/r.git      | v1               | -
            https://example.com/r.git#v1:/                    | https://example.com/r.git      | v1               | -
            https://example.com/r.git#v1:a:b                  | https://example.com/r.git      | v1               | a:b
            https://example.com/r.git#a%2Fb                   | https://example.com/r.git      | a/b              | -
            https://example.com/r.git?ref=v1                  | https://example.com/r.git      | v1               | -
            https://example.com/r.git?                        | https://example.com/r.git      | -                | -
            https://example.com/r.git?&                       | https://example.com/r.git      | -                | -
            https://example.com/r.git?tag=v1                  | https://example.com/r.git      | refs/tags/v1     | -
            https://example.com/r.git?tag=refs/tags/v1        | https://example.com/r.git      | refs/tags/v1     | -
            https://example.com/r.git?branch=main             | https://example.com/r.git      | refs/heads/main  | -
            https://example.com/r.git?branch=refs/heads/main  | https://example.com/r.git      | refs/heads/main  | -
            https://example.com/r.git?branch=a%2Fb            | https://example.com/r.git      | refs/heads/a/b   | -
            https://example.com/r.git?subdir=/a/              | https://example.com/r.git      | -                | a
            https://example.com/r.git?subdir=a+b              | https://example.com/r.git      | -                | a b
            https://example.com/r.git?ref=v1#v1               | https://example.com/r.git      | v1               | -
            https://example.com/r.git?subdir=a#v1:a           | https://example.com/r.git      | v1               | a
            https://example.com/r.git?tag=v1#refs/tags/v1     | https://example.com/r.git      | refs/tags/v1     | -
            https://example.com/r.git?branch=b#refs/heads/b   | https://example.com/r.git      | refs/heads/b     | -
            git://example.com/r                               | git://example.com/r            | -                | -
            git://example.com/r.git#v1:d                      | git://example.com/r.git        | v1               | d
            git://example.com:9418/r?ref=v1                   | git://example.com:9418/r       | v1               | -
            ssh://git@example.com/o/r                         | ssh://git@example.com/o/r      | -                | -
            ssh://git@example.com:2222/o/r.git#v1             | ssh://git@example.com:2222/o/r.git | v1           | -
            git@example.com:o/r                               | git@example.com:o/r            | -                | -
            git@example.com:o/r.git#v1:d                      | git@example.com:o/r.git        | v1               | d
            some-User_1@example.com:/abs/r                    | some-User_1@example.com:/abs/r | -                | -
            git@example.com:o/r?branch=b&subdir=d             | git@example.com:o/r            | refs/heads/b     | d
            git@example.com:                                  | git@example.com:               | -                | -
            """)
    void addressesOfRepositories(String text, String remote, String ref, String subdir) {
        assertThat(SourceReference.parse(text)).isInstanceOfSatisfying(GitReference.class, git -> {
            assertThat(git.remote().url().reveal()).isEqualTo(remote);
            assertThat(git.ref().orElse(null)).isEqualTo(ref);
            assertThat(git.subdir().orElse(null)).isEqualTo(subdir);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "?keep-git-dir, true",
        "?keep-git-dir=, true",
        "?keep-git-dir=1, true",
        "?keep-git-dir=TRUE, true",
        "?keep-git-dir=false, false",
        "?keep-git-dir=0, false"
    })
    void theGitDirectoryIsKeptWhereTheQuerySaysSo(String query, boolean kept) {
        assertThat(git("https://example.com/r.git" + query).keepGitDir()).contains(kept);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "?submodules, true", "?submodules=t, true", "?submodules=f, false", "?submodules=0, false"})
    void submodulesComeUnlessTheQueryForbidsThem(String query, boolean come) {
        assertThat(git("https://example.com/r.git" + query).submodules()).isEqualTo(come);
    }

    @Test
    void timesAndCommits() {
        assertThat(git("https://e.com/r.git").mtime()).isEqualTo(ModificationTime.CHECKOUT);
        assertThat(git("https://e.com/r.git?mtime=checkout").mtime()).isEqualTo(ModificationTime.CHECKOUT);
        assertThat(git("https://e.com/r.git?mtime=commit").mtime()).isEqualTo(ModificationTime.COMMIT);
        assertThat(git("https://e.com/r.git?commit=ABC123").commit()).contains("abc123");
        assertThat(git("https://e.com/r.git?checksum=" + SHA256).commit()).contains(SHA256);
        assertThat(git("https://e.com/r.git?checksum=ab&commit=ab").commit()).contains("ab");
        assertThat(git("https://e.com/r.git?commit=ab").wanted()).contains("ab");
        assertThat(git("https://e.com/r.git?commit=ab&tag=v1").wanted()).contains("refs/tags/v1");
        assertThat(git("https://e.com/r.git?fetch-by-commit&commit=" + SHA1).fetchByCommit())
                .isTrue();
        assertThat(git("https://e.com/r.git?fetch-by-commit=false").fetchByCommit())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            https://e.com/r.git?ref=a#b                  | two things about its ref: 'b' and 'a'
            https://e.com/r.git?tag=v1#v1                | two things about its ref: 'v1' and 'refs/tags/v1'
            https://e.com/r.git?tag=v1#refs/heads/main   | two things about its ref
            https://e.com/r.git?branch=b#b               | two things about its ref
            https://e.com/r.git?ref=a&tag=a              | two things about its ref
            https://e.com/r.git?branch=a&tag=a           | a branch and a tag
            https://e.com/r.git?subdir=a#x:b             | two things about its subdir
            https://e.com/r.git?checksum=aa&commit=bb    | two things about its commit
            https://e.com/r.git?ref=a&ref=a              | 'ref' twice
            https://e.com/r.git?submodules&submodules    | 'submodules' twice
            https://e.com/r.git?ref                      | 'ref' without a value
            https://e.com/r.git?tag=                     | 'tag' without a value
            https://e.com/r.git?branch                   | 'branch' without a value
            https://e.com/r.git?subdir=                  | 'subdir' without a value
            https://e.com/r.git?commit                   | 'commit' without a value
            https://e.com/r.git?checksum=                | 'checksum' without a value
            https://e.com/r.git?mtime                    | 'mtime' without a value
            https://e.com/r.git?brnch=b                  | did you mean branch?
            https://e.com/r.git?sub-modules              | did you mean submodules?
            https://e.com/r.git?depth=1                  | unknown query 'depth'
            https://e.com/r.git?Ref=a                    | unknown query 'Ref'
            https://e.com/r.git?=a                       | unknown query ''
            https://e.com/r.git?keep-git-dir=yes         | neither true nor false
            https://e.com/r.git?submodules=2             | neither true nor false
            https://e.com/r.git?fetch-by-commit=no       | neither true nor false
            https://e.com/r.git?mtime=now                | mtime=checkout or mtime=commit
            https://e.com/r.git?commit=xyz               | is no commit hash
            https://e.com/r.git?ref=%zz                  | malformed query
            https://e.com/r.git#a%zz                     | two hex digits
            https://e.com/r.git#-upload-pack             | which git does not allow
            https://e.com/r.git#a..b                     | which git does not allow
            https://e.com/r.git#a b                      | which git does not allow
            https://e.com/r.git#refs/heads/*             | which git does not allow
            https://e.com/r.git#v1^{}                    | which git does not allow
            https://e.com/r.git#main@{1}                 | which git does not allow
            https://e.com/r.git#HEAD~1                   | which git does not allow
            https://e.com/r.git#x.lock                   | which git does not allow
            https://e.com/r.git?branch=/x                | which git does not allow
            ssh://-oProxyCommand=x/r                     | host is malformed
            ssh://-x@e.com/r                             | begins with a dash
            -x@e.com:r                                   | begins with a dash
            git@-e.com:r                                 | begins with a dash
            git@e.com:-r                                 | begins with a dash
            git:///r                                     | no host
            https:///x                                   | no host
            http://                                      | no host
            https://user@/x                              | no host
            https://e.com:port/x                         | host or port is malformed
            https://e.com:123456789/x                    | host or port is malformed
            https://e com/x                              | host is malformed
            https://my_host/x                            | host or port is malformed
            https://host-                                | host or port is malformed
            https://a..b/x                               | is no URL
            https://[::1/x                               | host or port is malformed
            https://e.com/%                              | two hex digits
            https://e.com/%ff                            | no UTF-8
            https://e.com/a/..                           | what no file can be called
            https://e.com/%00                            | what no file can be called
            HTTP://e.com/x                               | scheme in lower case
            """)
    void refuses(String text, String why) {
        assertThatThrownBy(() -> SourceReference.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void noControlCharacterReachesGit() {
        assertThatThrownBy(() -> SourceReference.parse("git@e.com:a\0b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("control character");
    }

    @Test
    void allFaultsOfAQueryAreToldAtOnce() {
        assertThatThrownBy(() -> SourceReference.parse("https://e.com/r.git?rfe=a&tag=&mtime=x&submodules=x"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(4));
    }

    @Test
    void onlyAContextMayBeARepositoryWithoutAScheme() {
        assertThat(SourceReference.ofContext("github.com/owner/repo#v1:d"))
                .isInstanceOfSatisfying(GitReference.class, git -> {
                    assertThat(git.remote().url().reveal()).isEqualTo("https://github.com/owner/repo");
                    assertThat(git.ref()).contains("v1");
                    assertThat(git.subdir()).contains("d");
                });
        assertThat(SourceReference.ofContext("https://e.com/context.tar.gz")).isInstanceOf(HttpSource.class);
        assertThat(SourceReference.ofContext("dir")).isEqualTo(new LocalPath("dir"));
    }

    @Test
    void credentialsAreKeptAndNeverShown() {
        assertThat(SourceReference.parse("https://me:s%40cret@e.com/x"))
                .isInstanceOfSatisfying(HttpSource.class, http -> {
                    assertThat(http.userInfo()).contains(Secret.of("me:s@cret"));
                    assertThat(http.display()).isEqualTo("https://e.com/x");
                    assertThat(http.toString()).doesNotContain("me", "cret");
                });
        GitReference git = git("https://token@e.com/r.git#v1");
        assertThat(git.remote().url().reveal()).isEqualTo("https://token@e.com/r.git");
        assertThat(git.display()).isEqualTo("https://***@e.com/r.git#v1");
        assertThat(git.toString()).doesNotContain("token");
        assertThat(git("ssh://git@e.com/r").display()).isEqualTo("ssh://git@e.com/r");
        assertThatThrownBy(() -> SourceReference.parse("https://token@e.com/r.git?x=y"))
                .hasMessageContaining("https://***@e.com")
                .message()
                .doesNotContain("token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ADD https://a:b@e.com/x /y     | ADD https://***@e.com/x /y
            ADD ssh://git:pw@e.com/x /y    | ADD ssh://***@e.com/x /y
            ADD ssh://git@e.com/x /y       | ADD ssh://git@e.com/x /y
            ADD https://e.com/x@y /z       | ADD https://e.com/x@y /z
            ADD https://a@b@e.com/x c d    | ADD https://***@e.com/x c d
            ADD git@e.com:x https://t@f/g  | ADD git@e.com:x https://***@f/g
            no address                     | no address
            """)
    void credentialsAreTakenOutOfAnyText(String text, String shown) {
        assertThat(Credentials.redact(text)).isEqualTo(shown);
    }

    private static GitReference git(String text) {
        return (GitReference) SourceReference.parse(text);
    }
}
