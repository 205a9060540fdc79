package dev.slipway.step.read;

import dev.slipway.step.yaml.Fields;
import dev.slipway.step.yaml.YamlNode;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlNode.Scalar;
import java.util.List;

/** Checks the form of a failure strategy: {@code onFailure: {errors: […], action: {type, spec}}}. */
final class FailureStrategies {
    private static final List<String> ACTIONS = List.of(
            "Ignore",
            "MarkAsSuccess",
            "MarkAsFailure",
            "Abort",
            "Retry",
            "ManualIntervention",
            "ProceedWithDefaultValues",
            "StageRollback",
            "StepGroupRollback",
            "PipelineRollback",
            "RetryStepGroup");

    private FailureStrategies() {}

    static void check(YamlNode strategy, Fields step) {
        if (!(strategy instanceof Mapping mapping)) {
            step.faults()
                    .add(strategy.place(), "failureStrategies", "expected onFailure, found " + strategy.describe());
            return;
        }
        Fields fields = Fields.of("failureStrategies", mapping, List.of("onFailure"), step.faults());
        fields.require("onFailure", "it says which errors are met how");
        fields.nested("onFailure", List.of("errors", "action")).ifPresent(FailureStrategies::checkOnFailure);
    }

    private static void checkOnFailure(Fields onFailure) {
        if (onFailure.list("errors", "a list of errors", Scalar::text).isEmpty()) {
            onFailure
                    .faults()
                    .add(
                            onFailure.place("errors"),
                            "failureStrategies.onFailure.errors",
                            "expected one error at least");
        }
        onFailure.require("action", "what is done about the errors");
        onFailure.nested("action", List.of("type", "spec")).ifPresent(action -> {
            action.require("type", "what is done about the errors");
            action.read("type", scalar -> {
                if (!ACTIONS.contains(scalar.text())) {
                    throw new IllegalArgumentException("expected one of " + String.join(", ", ACTIONS));
                }
                return scalar.text();
            });
        });
    }
}
