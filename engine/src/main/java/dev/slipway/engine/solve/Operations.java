package dev.slipway.engine.solve;

import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.engine.context.BuildContexts;
import dev.slipway.engine.context.LocalContext;
import dev.slipway.engine.context.RemoteSources;
import dev.slipway.engine.copy.CopyJob;
import dev.slipway.engine.copy.DestinationRoot;
import dev.slipway.engine.copy.Ownership;
import dev.slipway.engine.copy.Selection;
import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.engine.copy.WorkingDirectory;
import dev.slipway.engine.mount.CommandMounting;
import dev.slipway.engine.mount.CommandMounting.View;
import dev.slipway.engine.mount.PreparedMounts;
import dev.slipway.engine.plan.FileSource;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.plan.StagePlan;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Written;
import dev.slipway.engine.user.UserDatabase;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.Event.Outcome;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.linux.UnmappedOwnerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs one operation on a writable view of a stage's tree and tells about it. Thread-safe. */
final class Operations {
    private final Snapshotter snapshotter;
    private final CommandRunner commands;
    private final CommandMounting mounting;
    private final BuildContexts contexts;
    private final RemoteSources remotes;
    private final EventSink events;

    Operations(
            Snapshotter snapshotter,
            CommandRunner commands,
            CommandMounting mounting,
            BuildContexts contexts,
            RemoteSources remotes,
            EventSink events) {
        this.snapshotter = snapshotter;
        this.commands = commands;
        this.mounting = mounting;
        this.contexts = contexts;
        this.remotes = remotes;
        this.events = events;
    }

    /**
     * Runs the operation.
     *
     * @param number of the step within its stage, from 1
     * @param trees the tree of a source that is not the context
     * @return the directory of the new layer
     * @throws SlipwayException at the instruction's place
     */
    Path run(StagePlan stage, int number, Operation operation, Tree tree, Function<FileSource, Optional<Tree>> trees) {
        String id = stage.label() + "/" + number;
        events.accept(new Event.TaskStarted(
                id, "[" + stage.label() + " " + number + "/" + stage.length() + "] " + operation.title()));
        long start = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        String summary = "";
        try {
            Written<String> written = switch (operation) {
                case Operation.Run run -> command(id, run, tree, trees);
                case Operation.Copy copy -> copy(copy, tree, trees.apply(copy.from()));
                case Operation.MakeDirectory directory ->
                    snapshotter.write(tree, List.of(), (root, _) -> makeDirectory(directory, root));
            };
            outcome = Outcome.DONE;
            summary = written.value();
            return written.layer();
        } catch (CancelledException e) {
            outcome = Outcome.CANCELLED;
            throw e;
        } catch (BuildFailedException e) {
            throw new BuildFailedException(placed(e, operation), e.lastOutput(), e.commandStatus(), e);
        } catch (UnmappedOwnerException e) {
            throw new MachineException(e.problem().at(operation.place()), e);
        } catch (MachineException e) {
            throw new MachineException(placed(e, operation), e);
        } catch (NotAllowedException e) {
            throw new NotAllowedException(placed(e, operation), e);
        } catch (ServiceException e) {
            throw new ServiceException(placed(e, operation), e);
        } finally {
            events.accept(new Event.TaskFinished(id, outcome, Duration.ofNanos(System.nanoTime() - start), summary));
        }
    }

    private Written<String> command(
            String id, Operation.Run run, Tree tree, Function<FileSource, Optional<Tree>> trees) {
        Map<FileSource, Tree> shown = new LinkedHashMap<>();
        run.files().forEach(source -> trees.apply(source).ifPresent(found -> shown.put(source, found)));
        return snapshotter.write(tree, List.copyOf(shown.values()), (root, roots) -> {
            Map<FileSource, View> views = new LinkedHashMap<>();
            Iterator<Path> places = roots.iterator();
            shown.forEach((source, found) -> views.put(source, new View(found, places.next())));
            try (PreparedMounts prepared =
                    mounting.prepare(run, views, source -> contexts.of(source).source())) {
                return commands.run(id, run, root, prepared);
            }
        });
    }

    private Written<String> copy(Operation.Copy copy, Tree tree, Optional<Tree> source) {
        copy.sources().stream().filter(SourceReference::isRemote).forEach(remotes::fetch);
        List<Tree> sources = source.map(List::of).orElse(List.of());
        Optional<LocalContext> context = source.isPresent() ? Optional.empty() : Optional.of(contexts.of(copy.from()));
        Snapshotter.WriteWork<String> work = (root, roots) ->
                copyInto(root, () -> context.map(LocalContext::source).orElseGet(() -> treeOf(roots)), copy, tree);
        return copy.link() ? snapshotter.writeApart(tree, sources, work) : snapshotter.write(tree, sources, work);
    }

    private static SourceRoot treeOf(List<Path> roots) {
        return SourceRoot.open(roots.getFirst(), Selection.ALL, true);
    }

    private String copyInto(Path root, Supplier<SourceRoot> source, Operation.Copy copy, Tree tree) {
        try (DestinationRoot destination = DestinationRoot.open(root);
                SourceRoot from = source.get()) {
            Optional<Ownership> chown = copy.chown().map(text -> owner(copy, text, root, tree));
            CopyJob.Copied copied = new CopyJob(copy, from, remotes, destination, chown).run();
            return copied.files() + (copied.files() == 1 ? " file, " : " files, ") + copied.bytes() + " bytes";
        }
    }

    private Ownership owner(Operation.Copy copy, String text, Path root, Tree tree) {
        if (tree.layers().isEmpty() && UserDatabase.namesSomebody(text)) {
            throw new BuildFailedException(Problem.of(
                            "--chown=" + text + ": invalid user index: -1",
                            "the stage is still empty: there is no /etc/passwd to look names up in")
                    .remedy("use numbers"));
        }
        UserDatabase.Owner owner = Owners.ofChown(root, text);
        for (UserDatabase.Unknown unknown : owner.unknown()) {
            events.accept(new Event.Warning(new Problem(
                    copy.place().toString(),
                    "--chown=" + text + ": there is no " + unknown.what() + ", the owner is " + owner.uid() + ":"
                            + owner.gid(),
                    "it is not in " + unknown.file() + " of the image at this point; Docker's reference has it that the"
                            + " build fails, BuildKit goes on",
                    "add the name with RUN before, or use its number")));
        }
        return new Ownership(owner.uid(), owner.gid());
    }

    private String makeDirectory(Operation.MakeDirectory operation, Path root) {
        try (DestinationRoot destination = DestinationRoot.open(root)) {
            Ownership owner = Owners.ofWorkdir(root, operation.user());
            if (operation.modified().isPresent()) {
                WorkingDirectory.make(
                        destination,
                        operation.path(),
                        owner,
                        operation.modified().get());
            } else {
                CopyJob.makeDirectory(destination, operation.path(), owner);
            }
            return "";
        }
    }

    private static Problem placed(SlipwayException error, Operation operation) {
        Problem problem = error.problems().getFirst();
        if (!problem.where().isEmpty()) {
            return problem;
        }
        return new Problem(
                operation.place().toString(),
                operation.title() + ": " + problem.what(),
                problem.why(),
                problem.remedy());
    }
}
