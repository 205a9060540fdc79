package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.GitReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a name means to a server.
 *
 * @param name the full name, e.g. {@code refs/heads/main}
 * @param hash what it points to: a commit, or an annotated tag
 * @param commit what an annotated tag points to, else {@code hash}
 */
record RemoteRef(String name, String hash, String commit) {
    private static final String HEAD = "HEAD";
    private static final String SYMBOLIC = "ref: ";
    private static final String PEELED = "^{}";

    /** The arguments that make {@code git ls-remote} tell what {@link #choose} needs. */
    static List<String> candidates(String ref) {
        return List.of(
                ref, "refs/heads/" + ref, "refs/tags/" + ref, "refs/tags/" + ref + PEELED, "refs/" + ref, ref + PEELED);
    }

    /**
     * Reads the answer of {@code git ls-remote --symref}. A full name is that; of a short one, the branch comes before the
     * tag, and the tag before anything else, as for git's own checkout.
     */
    static Optional<RemoteRef> choose(String ref, String listing) {
        Map<String, String> refs = new LinkedHashMap<>();
        String head = HEAD;
        for (String line : listing.split("\n")) {
            String[] columns = line.split("\t", 2);
            if (columns.length == 2 && columns[0].startsWith(SYMBOLIC) && columns[1].equals(HEAD)) {
                head = columns[0].substring(SYMBOLIC.length());
            } else if (columns.length == 2 && GitReference.isHash(columns[0])) {
                refs.put(columns[1], columns[0]);
            }
        }
        for (String name : List.of(ref, "refs/heads/" + ref, "refs/tags/" + ref, "refs/" + ref)) {
            String hash = refs.get(name);
            if (hash != null && (name.startsWith("refs/") || name.equals(HEAD))) {
                String full = name.equals(HEAD) ? head : name;
                return Optional.of(new RemoteRef(full, hash, refs.getOrDefault(name + PEELED, hash)));
            }
        }
        return Optional.empty();
    }

    /** Whether a hash, or the beginning of one, is that of the commit or of the annotated tag. */
    boolean matches(String prefix) {
        return hash.startsWith(prefix) || commit.startsWith(prefix);
    }
}
