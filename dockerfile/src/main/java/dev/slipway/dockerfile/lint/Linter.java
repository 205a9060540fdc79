package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.parse.ParsedFile;
import dev.slipway.dockerfile.stage.CheckSettings;
import dev.slipway.dockerfile.stage.Dockerfile;
import java.util.List;

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
        ParsedFile parsed = DockerfileParser.read(file, text, context.buildArgs());
        CheckSettings settings = parsed.directives().check().orElse(CheckSettings.NONE);
        Findings findings = new Findings(new SourceText(file, text), settings);
        new WrittenRules(findings).check(parsed);
        if (parsed.faults().isEmpty()) {
            check(parsed.dockerfile(), context, findings);
        }
        return new LintReport(findings.inOrder(), parsed.faults(), settings.failing());
    }

    private static void check(Dockerfile dockerfile, LintContext context, Findings findings) {
        new FileRules(findings).check(dockerfile);
        Scope globals = GlobalScope.given(dockerfile, context);
        List<ExpandedFrom> bases = new FromRules(findings, dockerfile, context).check(globals);
        new StageWalk(findings, dockerfile, context, globals, bases).check();
    }
}
