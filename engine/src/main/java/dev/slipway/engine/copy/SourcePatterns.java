package dev.slipway.engine.copy;

import dev.slipway.engine.plan.ImagePath;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the files that a source of COPY names. Wildcards match one path component each; one that matches nothing is no
 * error. A plain name that is not there is one, also where it is the directory before the first wildcard, and so is a
 * symlink that is named or matched and leads nowhere.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference, COPY</a>
 */
final class SourcePatterns {
    private SourcePatterns() {}

    /**
     * Expands one source.
     *
     * @return paths relative to the root, in byte order; symlinks are not resolved in them
     */
    static List<ByteString> expand(SourceRoot root, String source) {
        List<String> components = components(source);
        List<NamePattern> patterns =
                components.stream().map(part -> pattern(source, part)).toList();
        if (patterns.stream().noneMatch(NamePattern::isWild)) {
            ByteString path = ByteString.of(String.join("/", literals(patterns)));
            root.find(path).orElseThrow(() -> notFound(source)).close();
            return List.of(path);
        }
        int plain = 0;
        while (!patterns.get(plain).isWild()) {
            plain++;
        }
        List<ByteString> matches = new ArrayList<>();
        ByteString start = ByteString.of(String.join("/", literals(patterns.subList(0, plain))));
        try (SourceRoot.Found before = root.find(start).orElseThrow(() -> notFound(start.toString()))) {
            if (!before.stat().isDirectory()) {
                throw new BuildFailedException(Problem.of("\"/" + start + "\" is no directory")
                        .because("'" + source + "' looks for names in it"));
            }
            descend(root, before, start, patterns.subList(plain, patterns.size()), matches);
        }
        return matches;
    }

    private static List<String> components(String source) {
        String clean = ImagePath.clean("/" + source).substring(1);
        return clean.isEmpty() ? List.of() : Arrays.asList(clean.split("/"));
    }

    private static List<String> literals(List<NamePattern> patterns) {
        return patterns.stream().map(NamePattern::literal).toList();
    }

    private static NamePattern pattern(String source, String component) {
        try {
            return NamePattern.parse(component);
        } catch (IllegalArgumentException e) {
            throw new BuildFailedException(
                    Problem.of("'" + source + "' is not a valid pattern", String.valueOf(e.getMessage()))
                            .remedy("write [[] for a bracket that is meant as such"));
        }
    }

    /** Symlinks are followed on the way to the first wildcard and at the end, but not between. */
    private static void descend(
            SourceRoot root,
            SourceRoot.Found directory,
            ByteString at,
            List<NamePattern> rest,
            List<ByteString> matches) {
        for (ByteString name : names(directory.place())) {
            if (!rest.getFirst().matches(name.toString())) {
                continue;
            }
            ByteString path = join(at, name);
            if (rest.size() == 1) {
                match(root, directory, name).ifPresent(_ -> matches.add(path));
            } else if (Nodes.find(directory.place(), name)
                    .filter(Stat::isDirectory)
                    .isPresent()) {
                Optional<SourceRoot.Found> below = root.find(path);
                if (below.isPresent()) {
                    try (SourceRoot.Found inner = below.get()) {
                        descend(root, inner, path, rest.subList(1, rest.size()), matches);
                    }
                }
            }
        }
    }

    /** What the name stands for; empty where {@code .dockerignore} leaves it out. */
    private static Optional<Stat> match(SourceRoot root, SourceRoot.Found directory, ByteString name) {
        ByteString path = join(directory.path(), name);
        Optional<SourceRoot.Found> match = root.find(path);
        if (match.isPresent()) {
            try (SourceRoot.Found found = match.get()) {
                return Optional.of(found.stat());
            }
        }
        boolean leadsNowhere = root.selection().includes(path.toString())
                && Nodes.find(directory.place(), name).filter(Stat::isSymlink).isPresent();
        if (leadsNowhere) {
            throw notFound(path.toString());
        }
        return Optional.empty();
    }

    private static List<ByteString> names(Fd place) {
        try (Fd readable = Nodes.openInRoot(place, ByteString.of("."), 0, OpenFlag.DIRECTORY)) {
            return DirectoryListing.of(readable);
        }
    }

    static ByteString join(ByteString directory, ByteString name) {
        return directory.isEmpty() ? name : directory.plus(ByteString.of("/")).plus(name);
    }

    private static BuildFailedException notFound(String source) {
        String shown = source.startsWith("/") ? source : "/" + source;
        return new BuildFailedException(Problem.of("\"" + shown + "\": not found")
                .remedy("it is looked for in the source's root, and .dockerignore may leave it out"));
    }
}
