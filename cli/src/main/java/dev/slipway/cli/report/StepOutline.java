package dev.slipway.cli.report;

import dev.slipway.engine.BuildRequest;
import dev.slipway.step.model.Step;
import dev.slipway.step.run.StepPlan;
import java.util.ArrayList;
import java.util.List;

/** What a step would do. */
public final class StepOutline {
    private StepOutline() {}

    /** One string a line; values of build arguments are left out, because they may be confidential. */
    public static List<String> of(Step step, StepPlan plan) {
        BuildRequest request = plan.request();
        List<String> lines = new ArrayList<>();
        lines.add("step " + step.identifier() + " would");
        lines.add("build " + request.source().dockerfile() + " for "
                + request.definition().platform()
                + request.definition()
                        .target()
                        .map(stage -> ", up to stage " + stage)
                        .orElse(""));
        lines.add("with the files of " + request.source().context().display());
        request.definition().buildArgs().keySet().forEach(name -> lines.add("with build argument " + name));
        request.definition().labels().forEach((name, value) -> lines.add("with label " + name + "=" + value));
        request.export().names().forEach(name -> lines.add("push " + name));
        step.warnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }
}
