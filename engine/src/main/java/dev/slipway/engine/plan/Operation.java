package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Run.Network;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.value.ModeChange;
import dev.slipway.foundation.error.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What makes a layer. Everything in it is expanded and resolved; nothing depends on the Dockerfile's text any more. */
public sealed interface Operation {
    /** Where the instruction stands, for errors. */
    Place place();

    /** The instruction for people, in one line. */
    String title();

    /** Whose files it needs. */
    default List<FileSource> files() {
        return switch (this) {
            case Copy copy -> List.of(copy.from());
            case Run run -> run.mounts().files();
            case MakeDirectory _ -> List.of();
        };
    }

    /**
     * A command.
     *
     * @param args argument vector, the shell included
     * @param script a file that is shown to the command in {@link #SCRIPTS}, executable
     * @param workingDir absolute
     * @param user as USER has it; empty means root
     * @param isInsecure whether the command has every privilege that there is to give
     */
    record Run(
            Place place,
            String title,
            List<String> args,
            Optional<InlineFile> script,
            Environment env,
            String workingDir,
            String user,
            CommandMounts mounts,
            Network network,
            boolean isInsecure)
            implements Operation {
        /** The directory in which a command sees its script. */
        public static final String SCRIPTS = "/dev/pipes";

        public Run {
            args = List.copyOf(args);
        }
    }

    /**
     * COPY or ADD.
     *
     * @param sources in the order written: paths or patterns within {@code from}, URLs, git references
     * @param inline files that the Dockerfile itself contains
     * @param destination absolute; a trailing slash means a directory
     * @param chown as written, e.g. {@code app:app}; names are looked up in the stage's own tree
     * @param unpack whether local archives are unpacked, as ADD does
     * @param unpackRemote whether archives behind URLs are unpacked
     * @param excludes patterns relative to each source directory
     * @param parents whether the path of each source is kept below the destination
     * @param link whether the files become a layer of their own, made without a look at what is below it
     */
    record Copy(
            Place place,
            String title,
            FileSource from,
            List<SourceReference> sources,
            List<InlineFile> inline,
            String destination,
            Optional<String> chown,
            Optional<ModeChange> chmod,
            boolean unpack,
            boolean unpackRemote,
            List<String> excludes,
            boolean parents,
            boolean link)
            implements Operation {
        public Copy {
            sources = List.copyOf(sources);
            inline = List.copyOf(inline);
            excludes = List.copyOf(excludes);
        }

        /** The same for one source, without inline files. */
        public Copy onlyOf(SourceReference source, boolean unpacked) {
            return new Copy(
                    place,
                    title,
                    from,
                    List.of(source),
                    List.of(),
                    destination,
                    chown,
                    chmod,
                    unpacked,
                    false,
                    excludes,
                    false,
                    link);
        }
    }

    /**
     * WORKDIR: a directory and its missing parents.
     *
     * @param path absolute
     * @param user who owns what has to be made, by the rule of {@code --chown}; empty means root
     * @param modified the time of what has to be made, where it is not now
     */
    record MakeDirectory(Place place, String title, String path, String user, Optional<Instant> modified)
            implements Operation {}

    /** A file whose content stands in the Dockerfile. */
    record InlineFile(String name, String content) {}
}
