package dev.slipway.engine.mount;

import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.engine.plan.FileSource;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.request.CommandSettings;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Makes the mounts of commands of one build. Thread-safe. */
public final class CommandMounting {
    private final CacheMounts caches;
    private final ContextCopies contexts;
    private final GivenSecrets secrets;
    private final Map<String, Path> agents;

    /** @param home the state directory, in which caches outlive builds */
    public CommandMounting(Path home, Workspace workspace, CommandSettings settings) {
        this.caches = new CacheMounts(home);
        this.contexts = new ContextCopies(workspace);
        this.secrets = new GivenSecrets(settings.secrets());
        this.agents = settings.sshAgents();
    }

    /**
     * A tree that a command takes files from, and where the calling thread sees it.
     *
     * @param root cannot be written
     */
    public record View(Tree tree, Path root) {}

    /**
     * Makes the mounts of a command; waits for caches that somebody uses alone.
     *
     * @param views of every stage and image that the mounts name
     * @param open opens a context
     * @throws dev.slipway.foundation.error.BuildFailedException without a place if what a mount names is not there
     * @throws dev.slipway.foundation.error.CancelledException if the thread is interrupted while it waits
     */
    public PreparedMounts prepare(
            Operation.Run run, Map<FileSource, View> views, Function<FileSource, SourceRoot> open) {
        PreparedMounts prepared = new PreparedMounts(caches, contexts, secrets, agents);
        boolean done = false;
        try {
            prepared.prepare(run, views, open);
            done = true;
            return prepared;
        } finally {
            if (!done) {
                prepared.close();
            }
        }
    }
}
