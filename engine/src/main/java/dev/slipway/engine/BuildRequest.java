package dev.slipway.engine;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.request.CommandSettings;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.ExportSettings;
import dev.slipway.engine.request.HostSettings;
import dev.slipway.engine.request.SourceSettings;
import java.nio.file.Path;

/**
 * One image to build. Checks itself only as far as no file is needed.
 *
 * @param source what it is built from
 * @param definition what the Dockerfile is to mean
 * @param commands what commands of RUN find
 * @param host how this machine is used
 * @param export where the image goes
 */
public record BuildRequest(
        SourceSettings source,
        Definition definition,
        CommandSettings commands,
        HostSettings host,
        ExportSettings export) {
    public BuildRequest {
        requireNonNull(source, "source is null");
        requireNonNull(definition, "definition is null");
        requireNonNull(commands, "commands is null");
        requireNonNull(host, "host is null");
        requireNonNull(export, "export is null");
    }

    /** A directory with its own Dockerfile, everything else as usual. */
    public static BuildRequest of(Path context) {
        return of(SourceSettings.of(context));
    }

    /** Everything else as usual. */
    public static BuildRequest of(SourceSettings source) {
        return new BuildRequest(
                source, Definition.DEFAULT, CommandSettings.DEFAULT, HostSettings.DEFAULT, ExportSettings.DEFAULT);
    }

    /** With another meaning. */
    public BuildRequest withDefinition(Definition other) {
        return new BuildRequest(source, other, commands, host, export);
    }

    /** With other things for commands. */
    public BuildRequest withCommands(CommandSettings other) {
        return new BuildRequest(source, definition, other, host, export);
    }

    /** On another kind of machine. */
    public BuildRequest withHost(HostSettings other) {
        return new BuildRequest(source, definition, commands, other, export);
    }

    /** To another place. */
    public BuildRequest withExport(ExportSettings other) {
        return new BuildRequest(source, definition, commands, host, other);
    }
}
