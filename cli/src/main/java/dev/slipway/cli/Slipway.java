package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.cli.report.ErrorReport;
import dev.slipway.cli.wiring.Builders;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program: its commands, and what becomes of their errors. */
public final class Slipway {
    private static final int HELP_COLUMNS = 100;
    /** No command takes this: what is left is a defect of the program. */
    private static final int DEFECT = 70;

    private final Surroundings surroundings;
    private final Builders builders;
    private final ErrorReport errors;

    public Slipway(Surroundings surroundings, Builders builders) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.builders = requireNonNull(builders, "builders is null");
        this.errors = new ErrorReport(surroundings.err());
    }

    /** Runs the command that the arguments name, and returns the exit status. Never throws. */
    public int run(String... arguments) {
        Top top = new Top();
        return commandLine(top)
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, top.debug))
                .setParameterExceptionHandler((wrong, args) -> misused(wrong))
                .execute(arguments);
    }

    /** The commands with all their options, as help and tests see them. */
    CommandLine commandLine() {
        return commandLine(new Top());
    }

    private CommandLine commandLine(Top top) {
        return new CommandLine(top)
                .addSubcommand(new RunCommand(surroundings, builders))
                .addSubcommand(new BuildCommand(surroundings, builders))
                .addSubcommand(new PushCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new LocalEcrCommand(surroundings))
                .registerConverter(ImageReference.class, reading(ImageReference::parse))
                .registerConverter(Platform.class, reading(Platform::parse))
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(HELP_COLUMNS)
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false);
    }

    private int failed(Exception thrown, boolean debug) {
        if (thrown instanceof SlipwayException error) {
            errors.show(error, debug);
            return ExitStatus.of(error).code();
        }
        errors.showDefect(thrown, debug);
        return DEFECT;
    }

    private int misused(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        errors.showMisuse(command, wrong);
        return ExitStatus.INVALID_INPUT.code();
    }

    private static <T> ITypeConverter<T> reading(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException | InvalidInputException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }

    /** Without a command there is nothing to do. */
    @Command(
            name = "slipway",
            description = "Builds container images from Dockerfiles without a daemon and pushes them to Amazon ECR.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Examples:",
                "  slipway run step.yaml --local-ecr",
                "      run a Build and Push to ECR step; a stand-in on this machine takes the image",
                "  slipway build -t registry.example.com/team/app:1.0 --push .",
                "      build the Dockerfile of this directory and push the image",
                "  slipway check .",
                "      check the Dockerfile of this directory without building it",
                "  slipway local-ecr --port 5000 --repository team/app",
                "      start a stand-in for ECR and keep it running",
                "",
                "Exit status: 0 done, 1 the build failed, 2 the input is wrong, 3 not allowed, 4 a registry or",
                "service failed, 5 this machine lacks something, 124 timed out, 130 interrupted."
            })
    private static final class Top implements Runnable {
        @Option(names = "--debug", scope = ScopeType.INHERIT, description = "show stack traces")
        private boolean debug;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            CommandSpec known = requireNonNull(spec, "picocli sets this");
            throw new ParameterException(known.commandLine(), "Missing command");
        }
    }
}
