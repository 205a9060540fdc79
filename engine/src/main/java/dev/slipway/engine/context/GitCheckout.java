package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.GitReference;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One repository on its way from the server to files. Used once. */
final class GitCheckout {
    private static final String DIRECTORY = ".git";
    private static final int SHA1_DIGITS = 40;

    /** What a full fetch brings: every branch and tag. */
    private static final List<String> EVERYTHING =
            List.of("--tags", "origin", "+refs/heads/*:refs/remotes/origin/*", "+HEAD:refs/remotes/origin/HEAD");

    private final Git git;
    private final GitReference reference;
    private final Path tree;

    GitCheckout(Git git, GitReference reference, Path tree) {
        this.git = git;
        this.reference = reference;
        this.tree = tree;
    }

    /** Fetches and checks out, submodules too; gives the commit's hash. */
    String run() throws GitFailure, IOException {
        init(SHA1_DIGITS);
        String commit = fetch();
        git.run(tree, "checkout", "--progress", "--force", "--detach", commit);
        if (reference.submodules() && Files.exists(tree.resolve(".gitmodules"))) {
            submodules();
        }
        return commit;
    }

    /** When the commit was made. */
    Instant timeOf(String commit) throws GitFailure {
        String seconds = git.run(tree, "show", "--no-patch", "--no-show-signature", "--format=%ct", commit);
        return Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
    }

    /** The commit's hash; it is in the repository then. */
    private String fetch() throws GitFailure, IOException {
        Optional<String> hash = hashGiven();
        if (hash.isPresent()) {
            return fetchHash(hash.get());
        }
        if (reference.ref().isEmpty() && reference.commit().isPresent()) {
            return fetchAbbreviated(reference.commit().get());
        }
        return fetchNamed(reference.ref().orElse("HEAD"));
    }

    private Optional<String> hashGiven() {
        if (reference.fetchByCommit() || reference.ref().isEmpty()) {
            return reference.commit().filter(GitReference::isHash);
        }
        return reference.ref().filter(GitReference::isHash);
    }

    private String fetchHash(String hash) throws GitFailure, IOException {
        if (reference.commit().filter(prefix -> !hash.startsWith(prefix)).isPresent()) {
            throw mismatch(hash);
        }
        if (hash.length() != SHA1_DIGITS) {
            init(hash.length());
        }
        try {
            git.run(tree, fetching("--no-tags", "--depth=1", "origin", hash));
        } catch (GitFailure e) {
            if (!e.isShallowRefusal()) {
                throw e;
            }
            git.run(tree, fetching(EVERYTHING.toArray(String[]::new)));
        }
        return commitOf(hash);
    }

    /** Servers know whole hashes only, so that everything has to be here before its beginning means something. */
    private String fetchAbbreviated(String prefix) throws GitFailure, IOException {
        list("HEAD");
        git.run(tree, fetching(EVERYTHING.toArray(String[]::new)));
        return commitOf(prefix);
    }

    private String fetchNamed(String name) throws GitFailure, IOException {
        RemoteRef ref = list(name)
                .orElseThrow(() -> GitFetcher.failed(
                        reference, reference.ref().isEmpty() ? "it has no default branch" : "there is no such ref"));
        if (reference.commit().filter(prefix -> !ref.matches(prefix)).isPresent()) {
            throw mismatch(ref.commit());
        }
        String refspec = "+" + ref.name() + ":" + ref.name();
        try {
            git.run(tree, fetching("--no-tags", "--depth=1", "origin", refspec));
        } catch (GitFailure e) {
            if (!e.isShallowRefusal()) {
                throw e;
            }
            git.run(tree, fetching("--no-tags", "origin", refspec));
        }
        String commit = commitOf(ref.name());
        if (reference
                .commit()
                .filter(prefix -> !commit.startsWith(prefix) && !ref.hash().startsWith(prefix))
                .isPresent()) {
            throw mismatch(commit); // it has moved since it was listed
        }
        return commit;
    }

    /** Asks what the name means there; the repository here gets the format of that one. */
    private Optional<RemoteRef> list(String name) throws GitFailure, IOException {
        List<String> words = new ArrayList<>(List.of("ls-remote", "--symref", "origin"));
        words.addAll(RemoteRef.candidates(name));
        Optional<RemoteRef> ref = RemoteRef.choose(name, git.run(tree, words.toArray(String[]::new)));
        if (ref.isPresent() && ref.get().hash().length() != SHA1_DIGITS) {
            init(ref.get().hash().length());
        }
        return ref;
    }

    private String commitOf(String revision) throws GitFailure {
        try {
            return git.run(tree, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}")
                    .strip();
        } catch (GitFailure e) {
            if (GitReference.isHash(revision)
                    || reference.commit().filter(revision::equals).isPresent()) {
                throw GitFetcher.failed(reference, "there is no commit " + revision + " on any branch or tag");
            }
            throw e;
        }
    }

    private RuntimeException mismatch(String found) {
        return GitFetcher.failed(
                reference, "expected commit " + reference.commit().orElse("") + ", but it is " + found);
    }

    private void submodules() throws GitFailure {
        String[] all = {"submodule", "update", "--init", "--recursive", "--force", "--progress"};
        String[] shallow = Arrays.copyOf(all, all.length + 1);
        shallow[all.length] = "--depth=1";
        try {
            git.run(tree, shallow);
        } catch (GitFailure e) {
            if (!e.isShallowRefusal()) {
                throw e;
            }
            git.run(tree, all);
        }
    }

    private static String[] fetching(String... arguments) {
        List<String> words = new ArrayList<>(List.of("fetch", "--progress", "--force", "--update-head-ok"));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }

    private void init(int hashDigits) throws GitFailure, IOException {
        Path directory = tree.resolve(DIRECTORY);
        if (Files.exists(directory)) {
            TreeRemoval.remove(directory);
        }
        String format = hashDigits == SHA1_DIGITS ? "sha1" : "sha256";
        git.run(tree, "init", "--quiet", "--template=", "--object-format=" + format);
        configure(reference.remote().url().reveal());
    }

    /** Writes the remote into the configuration file: on a command line everybody could read its credentials. */
    private void configure(String url) throws IOException {
        String quoted = url.replace("\\", "\\\\").replace("\"", "\\\"");
        Files.writeString(
                tree.resolve(DIRECTORY).resolve("config"),
                "[remote \"origin\"]\n\turl = \"" + quoted + "\"\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n",
                StandardOpenOption.APPEND);
    }
}
