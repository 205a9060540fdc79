package dev.slipway.dockerfile.source;

import dev.slipway.dockerfile.source.GitReference.ModificationTime;
import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.dockerfile.value.GoBoolean;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Reads what stands behind the address of a repository: {@code #ref:subdir} and the query. All faults are told at once.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#url-queries">Build context, URL queries</a>
 */
final class GitOptions {
    private static final List<String> KEYS = List.of(
            "ref",
            "tag",
            "branch",
            "subdir",
            "checksum",
            "commit",
            "keep-git-dir",
            "submodules",
            "mtime",
            "fetch-by-commit");
    private static final Set<String> FLAGS = Set.of("keep-git-dir", "submodules", "fetch-by-commit");

    private final String text;
    private final GitRemote remote;
    private final List<Problem> problems = new ArrayList<>();
    private final SequencedMap<String, String> values = new LinkedHashMap<>();
    private Optional<String> ref = Optional.empty();
    private Optional<String> subdir = Optional.empty();

    /** @param text the whole reference, for messages */
    GitOptions(String text, GitRemote remote) {
        this.text = text;
        this.remote = remote;
    }

    GitOptions fragment(String fragment) {
        int colon = fragment.indexOf(':');
        ref = notEmpty(colon < 0 ? fragment : fragment.substring(0, colon));
        subdir = colon < 0 ? Optional.empty() : clean(fragment.substring(colon + 1));
        return this;
    }

    GitOptions query(String query) {
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                pair(pair);
            }
        }
        return this;
    }

    private void pair(String pair) {
        int equals = pair.indexOf('=');
        String key;
        String value;
        try {
            key = UrlText.decode((equals < 0 ? pair : pair.substring(0, equals)).replace('+', ' '));
            value = equals < 0 ? "" : UrlText.decode(pair.substring(equals + 1).replace('+', ' '));
        } catch (IllegalArgumentException e) {
            refuse("has a malformed query: " + e.getMessage(), "");
            return;
        }
        if (!KEYS.contains(key)) {
            String hint = Spelling.hint(key, KEYS);
            refuse(
                    "has the unknown query '" + key + "'",
                    hint.isEmpty() ? "known are " + String.join(", ", KEYS) : hint);
        } else if (values.containsKey(key)) {
            refuse("has the query '" + key + "' twice", "");
        } else if (value.isEmpty() && !FLAGS.contains(key)) {
            refuse("has the query '" + key + "' without a value", "");
        } else {
            values.put(key, value);
        }
    }

    GitReference read() {
        same("ref", ref, value("ref"));
        same("subdir", subdir, value("subdir").flatMap(GitOptions::clean));
        subdir = subdir.or(() -> value("subdir").flatMap(GitOptions::clean));
        ref = ref.or(() -> value("ref"));
        Optional<String> tag = value("tag").map(name -> full("refs/tags/", name));
        Optional<String> branch = value("branch").map(name -> full("refs/heads/", name));
        same("ref", ref, tag);
        same("ref", ref, branch);
        if (tag.isPresent() && branch.isPresent()) {
            refuse("names a branch and a tag", "name one of them");
        }
        ref = ref.or(() -> tag).or(() -> branch);
        ref.filter(name -> !RefName.isValid(name))
                .ifPresent(name -> refuse("has the ref '" + name + "', which git does not allow", ""));
        Optional<String> commit = commit();
        boolean fetchByCommit = flag("fetch-by-commit").orElse(false);
        Optional<Boolean> keepGitDir = flag("keep-git-dir");
        boolean submodules = flag("submodules").orElse(true);
        ModificationTime mtime = mtime();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new GitReference(remote, ref, subdir, commit, keepGitDir, submodules, mtime, fetchByCommit);
    }

    private Optional<String> commit() {
        same("commit", value("checksum"), value("commit"));
        try {
            return value("checksum").or(() -> value("commit")).map(GitReference::hashPrefix);
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private ModificationTime mtime() {
        return switch (value("mtime").orElse("checkout")) {
            case "checkout" -> ModificationTime.CHECKOUT;
            case "commit" -> ModificationTime.COMMIT;
            default -> {
                refuse("has an unknown mtime", "write mtime=checkout or mtime=commit");
                yield ModificationTime.CHECKOUT;
            }
        };
    }

    private Optional<Boolean> flag(String key) {
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> truth = value.get().isEmpty() ? Optional.of(true) : GoBoolean.parse(value.get());
        if (truth.isEmpty()) {
            refuse("has a value of '" + key + "' that is neither true nor false", "");
        }
        return truth;
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private void same(String what, Optional<String> first, Optional<String> second) {
        if (first.isPresent() && second.isPresent() && !first.equals(second)) {
            refuse("says two things about its " + what + ": '" + first.get() + "' and '" + second.get() + "'", "");
        }
    }

    private void refuse(String why, String remedy) {
        problems.addAll(SourceReader.refused(text, why, remedy).problems());
    }

    private static String full(String prefix, String name) {
        return name.startsWith(prefix) ? name : prefix + name;
    }

    private static Optional<String> clean(String path) {
        return notEmpty(CleanPath.of("/" + path).substring(1));
    }

    private static Optional<String> notEmpty(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
