package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.engine.context.BuildContext;
import dev.slipway.engine.context.ContextWord;
import dev.slipway.engine.context.DockerfilePlace;
import dev.slipway.engine.context.NamedContext;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is built from. */
final class ContextOptions {
    private static final String STANDARD_INPUT = "-";
    private static final String DOCKERFILE = "Dockerfile";

    @Parameters(
            arity = "0..1",
            paramLabel = "CONTEXT",
            defaultValue = ".",
            description = "what COPY and ADD read: a directory, by default .; a tar; - for a tar or a"
                    + " Dockerfile on stdin; a git repository, URL#REF:DIR; the URL of a tar")
    private String context = ".";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "the Dockerfile, - for stdin; CONTEXT/Dockerfile by default")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--build-context",
            paramLabel = "NAME=VALUE",
            description = "take images and stages NAME from VALUE: a context, docker-image://REF or oci-layout://PATH"
                    + "[:TAG|@DIGEST] (repeatable)")
    private List<String> named = new ArrayList<>();

    SourceSettings settings(Surroundings surroundings) {
        ContextWord words = new ContextWord(surroundings.directory(), surroundings.in());
        List<Problem> problems = new ArrayList<>();
        List<NamedContext> contexts = new ArrayList<>();
        for (String text : named) {
            try {
                contexts.add(NamedContext.parse(text, words));
            } catch (InvalidInputException e) {
                e.problems().forEach(problem -> problems.add(problem.at("--build-context")));
            }
        }
        Optional<BuildContext> main = Optional.empty();
        try {
            main = Optional.of(words.read(context));
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        BuildContext source = main.orElseThrow();
        return new SourceSettings(source, dockerfile(source, surroundings), dockerfileName(source), contexts);
    }

    private DockerfilePlace dockerfile(BuildContext source, Surroundings surroundings) {
        if (file.filter(STANDARD_INPUT::equals).isPresent()) {
            if (source instanceof BuildContext.StandardInput) {
                throw new InvalidInputException(
                        Problem.of("the context and the Dockerfile cannot both come from standard input")
                                .remedy("put the Dockerfile into the tar, or give one of them as a file"));
            }
            return new DockerfilePlace.StandardInput(surroundings.in());
        }
        if (source instanceof BuildContext.Directory(Path directory)) {
            return new DockerfilePlace.OfMachine(
                    file.map(Path::of).map(surroundings::resolve).orElse(directory.resolve(DOCKERFILE)));
        }
        return file.<DockerfilePlace>map(DockerfilePlace.InContext::new).orElse(DockerfilePlace.InContext.USUAL);
    }

    private String dockerfileName(BuildContext source) {
        if (file.isPresent()) {
            return file.get().equals(STANDARD_INPUT)
                    ? DOCKERFILE
                    : Path.of(file.get()).normalize().toString();
        }
        return source instanceof BuildContext.Directory && !context.startsWith("dir://")
                ? Path.of(context).resolve(DOCKERFILE).normalize().toString()
                : DOCKERFILE;
    }
}
