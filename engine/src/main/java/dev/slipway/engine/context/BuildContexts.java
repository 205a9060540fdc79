package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.value.GoBoolean;
import dev.slipway.engine.copy.ContextArchive;
import dev.slipway.engine.plan.FileSource;
import dev.slipway.engine.plan.NamedContexts;
import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.engine.plan.SourceTimes;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contexts of one build. The build context and its Dockerfile are there when it begins; a named one is fetched or
 * unpacked when something first copies from it. Thread-safe; calls may block, and an interrupt ends them.
 */
public final class BuildContexts implements SourceTimes {
    private static final String KEEP_GIT = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    private final ContextOpening opening;
    private final RemoteSources remotes;
    private final OpenedContext main;
    private final byte[] dockerfile;
    private final Map<String, BuildContext> named;
    private final Map<String, OpenedContext> opened = new LinkedHashMap<>();
    private final NamedContexts targets;

    private BuildContexts(
            ContextOpening opening,
            RemoteSources remotes,
            Main main,
            Map<String, BuildContext> named,
            NamedContexts targets) {
        this.opening = opening;
        this.remotes = remotes;
        this.main = main.context;
        this.dockerfile = main.dockerfile;
        this.named = named;
        this.targets = targets;
    }

    /**
     * What is opened.
     *
     * @param dockerfileName for messages
     * @param buildArgs may say how repositories are fetched
     * @param hasEpoch whether the build has a time without a build argument
     */
    public record Request(
            BuildContext context,
            DockerfilePlace dockerfile,
            String dockerfileName,
            List<NamedContext> named,
            Map<String, String> buildArgs,
            boolean hasEpoch) {
        public Request {
            named = List.copyOf(named);
            buildArgs = Map.copyOf(buildArgs);
        }

        private ContextOpening.Wishes wishes() {
            return new ContextOpening.Wishes(
                    Optional.ofNullable(buildArgs.get(KEEP_GIT))
                            .flatMap(GoBoolean::parse)
                            .orElse(false),
                    hasEpoch || !buildArgs.getOrDefault(EPOCH, "").isEmpty());
        }
    }

    /** The build context with the Dockerfile's text. */
    private static final class Main {
        private final OpenedContext context;
        private final byte[] dockerfile;

        Main(OpenedContext context, byte[] dockerfile) {
            this.context = context;
            this.dockerfile = dockerfile;
        }
    }

    /**
     * Opens the build context and reads the Dockerfile; fetches and unpacks where it has to.
     *
     * @throws InvalidInputException if one of them is not there, or a named context is not
     */
    public static BuildContexts open(Request request, RemoteSources remotes, Workspace workspace) {
        ContextOpening opening = new ContextOpening(remotes, workspace, request.wishes());
        Map<String, BuildContext> named = new LinkedHashMap<>();
        NamedContexts targets = targets(request.named(), named);
        return new BuildContexts(opening, remotes, main(request, opening), named, targets);
    }

    private static Main main(Request request, ContextOpening opening) {
        return switch (request.context()) {
            case BuildContext.Directory(var path) -> {
                LocalContext files = request.dockerfile() instanceof DockerfilePlace.OfMachine(var file)
                        ? LocalContext.open(path, file)
                        : LocalContext.open(path);
                yield main(request, new OpenedContext(files, Optional.empty()));
            }
            case BuildContext.Archive archive -> main(request, opening.archive(archive));
            case BuildContext.StandardInput(var stream) -> {
                try {
                    ContextArchive content = ContextArchive.begin(stream);
                    yield content.isArchive()
                            ? main(request, opening.unpacked(content, "standard input", Optional.empty()))
                            : new Main(
                                    opening.empty(), DockerfileText.bounded(content.all(), request.dockerfileName()));
                } catch (IOException e) {
                    throw ContextOpening.cannotRead("standard input", e);
                }
            }
            case BuildContext.Remote(SourceReference reference) -> {
                OpenedContext fetched = opening.unpackedRemote(reference);
                boolean isDockerfile =
                        request.dockerfile() instanceof DockerfilePlace.InContext && opening.isFile(reference, fetched);
                yield isDockerfile
                        ? new Main(
                                fetched,
                                DockerfileText.ofMachine(ContextOpening.file(fetched), request.dockerfileName()))
                        : main(request, fetched);
            }
        };
    }

    private static Main main(Request request, OpenedContext context) {
        String name = request.dockerfileName();
        byte[] text = switch (request.dockerfile()) {
            case DockerfilePlace.OfMachine(var file) -> DockerfileText.ofMachine(file, name);
            case DockerfilePlace.InContext(String path) -> DockerfileText.inContext(context.files(), path, name);
            case DockerfilePlace.StandardInput(var stream) -> {
                try {
                    yield DockerfileText.bounded(stream, name);
                } catch (IOException e) {
                    throw ContextOpening.cannotRead("standard input", e);
                }
            }
        };
        return new Main(context, text);
    }

    private static NamedContexts targets(List<NamedContext> contexts, Map<String, BuildContext> files) {
        List<Problem> problems = new ArrayList<>();
        Map<NamedContexts.Name, Target> targets = new LinkedHashMap<>();
        for (NamedContext context : contexts) {
            try {
                targets.put(context.name(), target(context, files));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return NamedContexts.of(targets);
    }

    private static Target target(NamedContext context, Map<String, BuildContext> files) {
        return switch (context.value()) {
            case NamedContext.Value.Scratch() -> new Target.Scratch();
            case NamedContext.Value.Image(var reference) -> new Target.OfImage(reference, Optional.empty());
            case NamedContext.Value.Layout layout -> NamedLayout.target(layout);
            case NamedContext.Value.Files(BuildContext where) -> {
                checkThere(where);
                String key = context.name().reference()
                        + context.name()
                                .platform()
                                .map(platform -> "::" + platform)
                                .orElse("");
                files.put(key, where);
                yield new Target.Files(key);
            }
        };
    }

    private static void checkThere(BuildContext context) {
        boolean there = switch (context) {
            case BuildContext.Directory(var path) -> Files.isDirectory(path);
            case BuildContext.Archive(var file) -> Files.isRegularFile(file);
            case BuildContext.Remote _ -> true;
            case BuildContext.StandardInput _ -> false;
        };
        if (!there) {
            throw new InvalidInputException(
                    Problem.of("the named context is not a directory").at(context.display()));
        }
    }

    /** The build context. */
    public LocalContext main() {
        return main.files();
    }

    /** The text of the Dockerfile. */
    public byte[] dockerfile() {
        return dockerfile.clone();
    }

    /** What is replaced. */
    public NamedContexts named() {
        return targets;
    }

    /**
     * The files that COPY reads; fetches what is not here yet.
     *
     * @param source a context
     */
    public LocalContext of(FileSource source) {
        return switch (source) {
            case FileSource.Context() -> main();
            case FileSource.OfNamedContext(String key) -> named(key).files();
            case FileSource.Scratch _, FileSource.OfStage _, FileSource.OfImage _ ->
                throw new IllegalArgumentException(source + " is no context");
        };
    }

    @Override
    public Optional<Instant> ofContext() {
        return main.time();
    }

    @Override
    public Optional<Instant> ofNamedContext(String key) {
        return named(key).time();
    }

    @Override
    public Optional<Instant> of(SourceReference reference) {
        return Optional.of(remotes.time(reference)
                .orElseThrow(() -> new InvalidInputException(Problem.of(
                                "SOURCE_DATE_EPOCH", "the server does not say how old " + reference.display() + " is")
                        .remedy("give the seconds since 1970"))));
    }

    private OpenedContext named(String key) {
        BuildContext context = Optional.ofNullable(named.get(key)).orElseThrow();
        if (context instanceof BuildContext.Remote(SourceReference reference)) {
            return opening.remote(reference);
        }
        synchronized (opened) {
            return opened.computeIfAbsent(key, _ -> switch (context) {
                case BuildContext.Directory(var path) -> new OpenedContext(LocalContext.open(path), Optional.empty());
                case BuildContext.Archive archive -> opening.archive(archive);
                case BuildContext.StandardInput _, BuildContext.Remote _ ->
                    throw new IllegalStateException(context.display());
            });
        }
    }
}
