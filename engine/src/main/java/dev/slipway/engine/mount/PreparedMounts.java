package dev.slipway.engine.mount;

import dev.slipway.dockerfile.instruction.Mount.Sharing;
import dev.slipway.engine.copy.CopyJob;
import dev.slipway.engine.copy.DestinationRoot;
import dev.slipway.engine.copy.RemoteRoots;
import dev.slipway.engine.copy.Selection;
import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.engine.mount.CommandMounting.View;
import dev.slipway.engine.plan.FileSource;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.plan.RunMount;
import dev.slipway.engine.sandbox.SandboxMount;
import dev.slipway.engine.sandbox.SandboxMount.Writes;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What one command is shown. Caches are its own, or shared, until this is closed. Confined to one thread, but for {@link #redact}. */
public final class PreparedMounts implements AutoCloseable {
    private static final int USUAL_MODE = 0755;

    private final CacheMounts caches;
    private final ContextCopies contexts;
    private final GivenSecrets secrets;
    private final Map<String, Path> agents;
    private final Map<String, CacheMounts.Held> held = new LinkedHashMap<>();
    private final List<SandboxMount> mounts = new ArrayList<>();
    private final Map<String, Secret> secretEnv = new LinkedHashMap<>();
    private Redaction redaction = new Redaction(List.of());

    PreparedMounts(CacheMounts caches, ContextCopies contexts, GivenSecrets secrets, Map<String, Path> agents) {
        this.caches = caches;
        this.contexts = contexts;
        this.secrets = secrets;
        this.agents = agents;
    }

    /** In the order in which they are made. */
    public List<SandboxMount> mounts() {
        return List.copyOf(mounts);
    }

    /** Variables that hold secrets. */
    public Map<String, Secret> secretEnv() {
        return Map.copyOf(secretEnv);
    }

    /** A line of output without the secrets that the command was shown. Any thread may call it. */
    public String redact(String line) {
        return redaction.of(line);
    }

    void prepare(Operation.Run run, Map<FileSource, View> views, Function<FileSource, SourceRoot> open) {
        takeCaches(run, views, open);
        List<String> ids = new ArrayList<>(run.mounts().secretEnv().values());
        for (RunMount mount : run.mounts().mounts()) {
            mounts.add(
                    switch (mount) {
                        case RunMount.Bind bind -> bind(run, bind, views, open);
                        case RunMount.Cache cache -> cache(cache, views);
                        case RunMount.Tmpfs tmpfs -> new SandboxMount.Tmpfs(tmpfs.target(), tmpfs.sizeBytes());
                        case RunMount.SecretFile secret -> {
                            ids.add(secret.id());
                            yield new SandboxMount.ShownFile(
                                    secrets.content(secret.id()),
                                    secret.target(),
                                    secret.mode(),
                                    secret.uid(),
                                    secret.gid());
                        }
                        case RunMount.Ssh ssh ->
                            new SandboxMount.AgentSocket(
                                    Optional.ofNullable(agents.get(ssh.id())).orElseThrow(),
                                    ssh.target(),
                                    ssh.mode(),
                                    ssh.uid(),
                                    ssh.gid());
                    });
        }
        run.mounts().secretEnv().forEach((name, id) -> secretEnv.put(name, secrets.variable(id)));
        redaction = new Redaction(
                ids.stream().distinct().map(id -> secrets.value(id).reveal()).toList());
    }

    private SandboxMount bind(
            Operation.Run run, RunMount.Bind bind, Map<FileSource, View> views, Function<FileSource, SourceRoot> open) {
        View view = views.get(bind.from());
        Path source = view == null
                ? contexts.of(bind.from(), bind.source(), run.place(), open)
                : within(view.root(), bind.source(), bind.target());
        return new SandboxMount.Bind(source, bind.target(), bind.readOnly() ? Writes.REFUSED : Writes.DISCARDED);
    }

    private SandboxMount cache(RunMount.Cache cache, Map<FileSource, View> views) {
        CacheMounts.Held taken =
                Optional.ofNullable(held.get(identity(cache, views))).orElseThrow();
        return new SandboxMount.Bind(
                within(taken.data(), cache.source(), cache.target()),
                cache.target(),
                cache.readOnly() ? Writes.REFUSED : Writes.KEPT);
    }

    /** In one order for all commands, so that no two wait for each other; one that is mounted twice is taken once. */
    private void takeCaches(Operation.Run run, Map<FileSource, View> views, Function<FileSource, SourceRoot> open) {
        Map<String, List<RunMount.Cache>> wanted = new TreeMap<>();
        for (RunMount mount : run.mounts().mounts()) {
            if (mount instanceof RunMount.Cache cache) {
                wanted.computeIfAbsent(identity(cache, views), _ -> new ArrayList<>())
                        .add(cache);
            }
        }
        wanted.forEach((identity, all) -> {
            Sharing sharing = all.stream()
                    .map(RunMount.Cache::sharing)
                    .max(Sharing::compareTo)
                    .orElseThrow();
            CacheMounts.Start start = data -> start(run, all.getFirst(), data, views, open);
            held.put(identity, caches.take(identity, sharing, start));
        });
    }

    private static void start(
            Operation.Run run,
            RunMount.Cache cache,
            Path data,
            Map<FileSource, View> views,
            Function<FileSource, SourceRoot> open)
            throws IOException {
        int mode = cache.mode().orElse(USUAL_MODE);
        CacheMounts.empty(data, mode, cache.uid().orElse(0), cache.gid().orElse(0));
        if (cache.from().isEmpty()) {
            return;
        }
        FileSource from = cache.from().get();
        View view = views.get(from);
        try (SourceRoot source = view == null ? open.apply(from) : SourceRoot.open(view.root(), Selection.ALL, true);
                DestinationRoot destination = DestinationRoot.open(data)) {
            new CopyJob(
                            ContextCopies.copyOf(from, "/", "/", run.place()),
                            source,
                            RemoteRoots.NONE,
                            destination,
                            Optional.empty())
                    .run();
        }
    }

    /** What makes it this cache: its name, and what it began with. */
    private static String identity(RunMount.Cache cache, Map<FileSource, View> views) {
        String began = cache.from().map(from -> began(from, views)).orElse("");
        boolean owned = cache.mode().isPresent()
                || cache.uid().isPresent()
                || cache.gid().isPresent();
        String attributes = owned
                ? cache.mode().orElse(USUAL_MODE) + ":" + cache.uid().orElse(0) + ":"
                        + cache.gid().orElse(0)
                : "";
        return cache.id() + "\n" + attributes + "\n" + began;
    }

    /** Of an image, its layers; of a stage, its number: it may be another in each build, and its caches go on. */
    private static String began(FileSource from, Map<FileSource, View> views) {
        View view = views.get(from);
        return from instanceof FileSource.OfImage && view != null
                ? view.tree().layers().stream()
                                .map(layer -> layer.getFileName().toString())
                                .toList() + ""
                : from.toString();
    }

    /** The path without symlinks; they are followed as far as they stay within the root. */
    private static Path within(Path root, String path, String target) {
        try (Fd directory = Nodes.openDirectory(root);
                Fd found = Nodes.openInRoot(directory, ByteString.of(path), 0, OpenFlag.PATH_ONLY)) {
            return Path.of(
                    Nodes.readLink(Fd.CWD, ByteString.of(found.procPath())).toString());
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                throw new BuildFailedException(Problem.of(
                                "there is no " + path + " to be mounted at " + target,
                                "it is not in what the mount names with from= or id=")
                        .remedy("correct source="));
            }
            throw e;
        }
    }

    @Override
    public void close() {
        held.values().forEach(CacheMounts.Held::close);
    }
}
