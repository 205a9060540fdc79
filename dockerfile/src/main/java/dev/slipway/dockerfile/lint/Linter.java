package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.parse.ParsedFile;
import dev.slipway.dockerfile.stage.CheckSettings;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks Dockerfiles as {@code docker build --check} does. Pure.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/">Docker, build checks</a>
 */
public final class Linter {
    private Linter() {}

    /**
     * Reads a file and runs all checks that it, or the build, does not leave out. Of a file that is no Dockerfile it runs
     * those that need no more than one instruction, on what stands above the first fault.
     *
     * @param file the file as the user named it
     */
    public static LintReport lint(String file, byte[] text, LintContext context) {
        ParsedFile parsed = DockerfileParser.read(file, text);
        List<Problem> faults = new ArrayList<>(parsed.faults());
        CheckSettings settings = settings(parsed, context, faults);
        Findings findings = new Findings(new SourceText(file, text), settings);
        new WrittenRules(findings).check(parsed);
        if (parsed.faults().isEmpty()) {
            check(parsed.dockerfile(), context, findings);
        }
        return new LintReport(findings.inOrder(), faults, settings.failing());
    }

    private static void check(Dockerfile dockerfile, LintContext context, Findings findings) {
        new FileRules(findings).check(dockerfile);
        Scope globals = GlobalScope.given(dockerfile, context);
        List<ExpandedFrom> bases = new FromRules(findings, dockerfile, context).check(globals);
        new StageWalk(findings, dockerfile, context, globals, bases).check();
    }

    private static CheckSettings settings(ParsedFile file, LintContext context, List<Problem> faults) {
        Optional<String> given = Optional.ofNullable(context.buildArgs().get(LintContext.CHECK_ARGUMENT));
        if (given.isEmpty()) {
            return file.directives().check().orElse(CheckSettings.NONE);
        }
        try {
            return given.get().isBlank() ? CheckSettings.NONE : CheckSettings.parse(given.get());
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> faults.add(problem.at("build argument " + LintContext.CHECK_ARGUMENT)));
            return CheckSettings.NONE;
        }
    }
}
