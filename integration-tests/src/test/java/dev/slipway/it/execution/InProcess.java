package dev.slipway.it.execution;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.ContextWord;
import dev.slipway.engine.context.NamedContext;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.CommandSettings;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.ExportSettings;
import dev.slipway.engine.request.HostSettings;
import dev.slipway.engine.request.IsolationChoice;
import dev.slipway.engine.request.ManifestFormat;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.solve.DockerfileBuilder;
import dev.slipway.foundation.event.Event;
import dev.slipway.image.layout.OciLayoutSource;
import dev.slipway.image.layout.OciLayoutTarget;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Builds a case with the real engine, into an OCI layout. */
final class InProcess {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final ImageReference RESULT = ImageReference.parse("case:result");

    private final Path home;
    private final Path base;
    private final Path directory;
    private final boolean reproducible;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /**
     * @param base layout of the base image
     * @param directory of this case
     */
    InProcess(Path home, Path base, Path directory) {
        this(home, base, directory, false);
    }

    /** @param reproducible whether nothing of the image tells when it was built */
    InProcess(Path home, Path base, Path directory, boolean reproducible) {
        this.home = home;
        this.base = base;
        this.directory = directory;
        this.reproducible = reproducible;
    }

    List<Event> events() {
        return events;
    }

    /** Builds the images that the case stands on, then the case. */
    Built build(ExecutionCase test) throws IOException {
        report(test);
        return Built.unpack(layout(), "result", Built.config(layout(), "result"), directory.resolve("bundle"));
    }

    /** The same, without a look at the result. */
    BuildReport report(ExecutionCase test) throws IOException {
        Path context = CaseContext.make(test, directory.resolve("context"));
        for (Map.Entry<String, String> image : test.images().entrySet()) {
            Path file = Files.writeString(directory.resolve("Dockerfile.image"), image.getValue());
            build(request(context, file, List.of(), ImageReference.parse(image.getKey())));
        }
        events.clear();
        return build(request(context, context.resolve("Dockerfile"), test.options(), RESULT));
    }

    private Path layout() {
        return directory.resolve("layout");
    }

    private BuildReport build(BuildRequest request) {
        BuildEnvironment environment = new BuildEnvironment(
                home, images(), OciLayoutTarget.directory(layout()), RemoteAccess.NONE, events::add, () -> NOW);
        return new DockerfileBuilder(environment).build(request);
    }

    private ImageSource images() {
        OciLayoutSource bases = OciLayoutSource.open(base);
        ImageReference busybox = ImageReference.parse("busybox:1.36");
        return (reference, platform) -> reference.equals(busybox)
                ? bases.only(reference, platform)
                : OciLayoutSource.open(layout()).resolve(reference, platform);
    }

    private BuildRequest request(Path context, Path dockerfile, List<String> options, ImageReference name) {
        Path file = dockerfile;
        Optional<String> target = Optional.empty();
        Map<String, String> args = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        Platform platform = Platform.host();
        ContextWord contexts = new ContextWord(context, InputStream.nullInputStream());
        List<NamedContext> named = new ArrayList<>();
        CommandSettings commands = CommandSettings.DEFAULT;
        Iterator<String> words = options.stream()
                .flatMap(word -> List.of(word.startsWith("--") ? word.split("=", 2) : new String[] {word}).stream())
                .iterator();
        while (words.hasNext()) {
            String option = words.next();
            String value = words.next();
            switch (option) {
                case "--build-arg" -> put(args, value);
                case "--label" -> put(labels, value);
                case "--target" -> target = Optional.of(value);
                case "--build-context" -> named.add(NamedContext.parse(value, contexts));
                case "--platform" -> platform = Platform.parse(value);
                case "--secret", "--allow", "--network" ->
                    commands = CaseCommands.with(commands, option, value, context);
                case "-f", "--file" -> file = context.resolve(value);
                default -> throw new IllegalArgumentException("a case knows no option " + option);
            }
        }
        String shown = file.startsWith(context) ? context.relativize(file).toString() : "Dockerfile";
        return BuildRequest.of(new SourceSettings(context, file, shown).withNamed(named))
                .withDefinition(new Definition(target, args, labels, platform, Optional.empty(), reproducible))
                .withCommands(commands)
                .withHost(HostSettings.DEFAULT
                        .withIsolation(IsolationChoice.valueOf(System.getProperty("slipway.isolation", "AUTO")))
                        .withSnapshotMode(SnapshotMode.REDO))
                .withExport(ExportSettings.pushedTo(List.of(name)).withFormat(ManifestFormat.OCI));
    }

    private static void put(Map<String, String> map, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("not KEY=VALUE: " + text);
        }
        map.put(text.substring(0, equals), text.substring(equals + 1));
    }
}
