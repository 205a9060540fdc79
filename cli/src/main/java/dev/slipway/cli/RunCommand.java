package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.cli.report.BuildSummary;
import dev.slipway.cli.report.StepOutline;
import dev.slipway.cli.wiring.Builders;
import dev.slipway.cli.wiring.StandIn;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.cli.wiring.Workshop;
import dev.slipway.engine.BuildReport;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.step.connector.Connectors;
import dev.slipway.step.connector.Secrets;
import dev.slipway.step.model.Step;
import dev.slipway.step.read.StepReader;
import dev.slipway.step.run.Codebase;
import dev.slipway.step.run.StepEnvironment;
import dev.slipway.step.run.StepPlan;
import dev.slipway.step.run.StepPlanner;
import dev.slipway.step.run.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway run}. */
@Command(
        name = "run",
        description = "Runs a Build and Push to ECR step from its YAML.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  slipway run step.yaml --connectors connectors \\",
            "    --secret id=account.aws_key,env=AWS_ACCESS_KEY_ID \\",
            "    --secret id=account.aws_secret,env=AWS_SECRET_ACCESS_KEY",
            "  slipway run step.yaml --connectors connectors --secret … --local-ecr",
            "  slipway run step.yaml --connectors connectors --secret … --dry-run"
        })
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Builders builders;

    @Parameters(arity = "1", paramLabel = "FILE", description = "the YAML of one step of type BuildAndPushECR")
    private Path file = Path.of("");

    @Option(
            names = "--codebase",
            paramLabel = "DIR",
            description = "what the step's dockerfile and context are relative to; the current directory by default")
    private Path codebase = Path.of("");

    @Option(names = "--connectors", paramLabel = "DIR", description = "directory of connectors, a YAML file each")
    private Optional<Path> connectors = Optional.empty();

    @Option(
            names = "--secret",
            paramLabel = "id=ID,src=PATH|env=NAME",
            description = "a secret that connectors refer to, from a file or a variable (repeatable)")
    private List<String> secrets = new ArrayList<>();

    @Option(names = "--dry-run", description = "check everything that can be checked here, and say what would be done")
    private boolean dryRun;

    @Option(names = "--output-file", paramLabel = "FILE", description = "write the step's outputs here: digest=\"…\"")
    private Optional<Path> outputFile = Optional.empty();

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RunCommand(Surroundings surroundings, Builders builders) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.builders = requireNonNull(builders, "builders is null");
    }

    @Override
    public Integer call() {
        Step step = StepReader.read(file.toString(), UserFile.read(surroundings.resolve(file), file.toString()));
        StepPlan plan = planner().plan(step);
        RegistryMap given = registries.map();
        if (dryRun) {
            StepOutline.of(step, plan).forEach(surroundings.out()::println);
        } else {
            run(step, plan, given);
        }
        return ExitStatus.DONE.code();
    }

    private void run(Step step, StepPlan plan, RegistryMap given) {
        EventSink events = output.events(surroundings.err());
        List<String> repositories = List.of(step.spec().imageName().text());
        try (Workshop workshop = Workshop.open(surroundings, Version.number(), events);
                StandIn standIn = registries.standIn(surroundings, workshop.transport(), repositories, events)) {
            RegistryMap map = standIn.lead(List.of(plan.registry().toString()), given);
            StepEnvironment environment = new StepEnvironment(
                    keychain ->
                            workshop.builder(builders, map, Keychain.firstOf(List.of(keychain, standIn.keychain()))),
                    workshop.transport(),
                    standIn.uri().or(workshop::ecrEndpoint),
                    events,
                    surroundings.clock());
            report(new StepRunner(environment).run(step, plan));
        }
    }

    private void report(BuildReport report) {
        outputFile.ifPresent(
                path -> UserFile.write(surroundings.resolve(path), "digest=\"" + report.digest() + "\"\n"));
        BuildSummary.of(report).forEach(surroundings.out()::println);
    }

    private StepPlanner planner() {
        return new StepPlanner(
                connectors.map(surroundings::resolve).map(Connectors::load).orElseGet(Connectors::none),
                Secrets.parse(
                        secrets, surroundings.environment(), path -> Files.readAllBytes(surroundings.resolve(path))),
                Codebase.at(surroundings.resolve(codebase)));
    }
}
