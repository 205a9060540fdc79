package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.context.BuildContext;
import dev.slipway.engine.context.DockerfilePlace;
import dev.slipway.engine.context.NamedContext;
import java.nio.file.Path;
import java.util.List;

/**
 * What is built from.
 *
 * @param context what COPY and ADD read
 * @param dockerfile the Dockerfile, in the context or elsewhere
 * @param dockerfileName the Dockerfile as the user named it, for messages
 * @param named what takes the place of images and stages of a name
 */
public record SourceSettings(
        BuildContext context, DockerfilePlace dockerfile, String dockerfileName, List<NamedContext> named) {
    public SourceSettings {
        requireNonNull(context, "context is null");
        requireNonNull(dockerfile, "dockerfile is null");
        requireNonNull(dockerfileName, "dockerfileName is null");
        named = List.copyOf(named);
    }

    /** A directory and a Dockerfile, anywhere; both absolute. */
    public SourceSettings(Path context, Path dockerfile, String dockerfileName) {
        this(new BuildContext.Directory(context), new DockerfilePlace.OfMachine(dockerfile), dockerfileName, List.of());
    }

    /** A directory with its own Dockerfile. */
    public static SourceSettings of(Path context) {
        return new SourceSettings(context, context.resolve("Dockerfile"), "Dockerfile");
    }

    /** With other named contexts. */
    public SourceSettings withNamed(List<NamedContext> others) {
        return new SourceSettings(context, dockerfile, dockerfileName, others);
    }
}
