package dev.slipway.engine.copy;

import dev.slipway.dockerfile.source.SourceReference;

/** The directories in which fetched sources lie. */
@FunctionalInterface
public interface RemoteRoots {
    /** For instructions that have no remote source. */
    RemoteRoots NONE = reference -> {
        throw new IllegalStateException(reference.display() + " has not been fetched");
    };

    /**
     * Opens what was fetched: a directory with one file of an http source, the wanted directory of a repository. The
     * caller closes it.
     */
    SourceRoot open(SourceReference reference);
}
