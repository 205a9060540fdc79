package dev.slipway.step.read;

import dev.slipway.step.yaml.Fields;
import dev.slipway.step.yaml.YamlNode;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlNode.Scalar;
import dev.slipway.step.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses what a step may say and nothing here does yet. Its form is checked first, so that a file is right when it comes
 * to be supported; a value that asks for nothing, such as an empty list, is taken.
 */
final class NotYet {
    private NotYet() {}

    /** The keys of the step itself. */
    static void refuseIn(Fields step) {
        Optional<Fields> when = mapping(step, "when", List.of("stageStatus", "condition"));
        when.ifPresent(fields -> {
            fields.require("stageStatus", "one of Success, Failure, All");
            fields.read("stageStatus", scalar -> oneOf(scalar, "Success", "Failure", "All"));
        });
        refuse(step, "when", "conditions");
        for (YamlNode strategy : step.sequence("failureStrategies", "a list of strategies")) {
            FailureStrategies.check(strategy, step);
        }
        refuse(step, "failureStrategies", "failure strategies");
        Optional<Fields> strategy = mapping(step, "strategy", List.of("matrix", "parallelism", "repeat"));
        strategy.filter(fields -> kinds(fields) != 1)
                .ifPresent(fields -> step.faults()
                        .add(fields.place(), "strategy", "expected exactly one of matrix, parallelism, repeat"));
        refuse(step, "strategy", "steps that run more than once");
        mapping(step, "enforce", List.of("policySets"))
                .ifPresent(fields -> fields.list("policySets", "a list of policy sets", Scalar::text));
        refuse(step, "enforce", "policies");
    }

    /** The keys of the spec. */
    static void refuseInSpec(Fields spec) {
        spec.text("remoteCacheImage");
        refuse(spec, "remoteCacheImage", "a cache in a registry");
        if (spec.truth("caching").orElse(false)) {
            refuse(spec, "caching", "a cache that outlives the machine");
        }
        list(spec, "cacheFrom", "a cache in a registry");
        spec.text("cacheTo");
        refuse(spec, "cacheTo", "a cache in a registry");
        for (String key : List.of("envVariables", "envDockerSecrets", "fileDockerSecrets")) {
            spec.texts(key, Scalar::text);
        }
        refuse(spec, "envVariables", "settings of the build plugin");
        refuse(spec, "envDockerSecrets", "secrets for RUN");
        refuse(spec, "fileDockerSecrets", "secrets for RUN");
    }

    private static void list(Fields fields, String key, String why) {
        fields.list(key, "a list of texts", Scalar::text);
        refuse(fields, key, why);
    }

    private static Optional<Fields> mapping(Fields fields, String key, List<String> known) {
        return fields.nested(key, known);
    }

    private static long kinds(Fields strategy) {
        return Stream.of("matrix", "parallelism", "repeat")
                .filter(strategy::has)
                .count();
    }

    private static String oneOf(Scalar scalar, String... allowed) {
        if (!List.of(allowed).contains(scalar.text())) {
            throw new IllegalArgumentException("expected one of " + String.join(", ", allowed));
        }
        return scalar.text();
    }

    private static void refuse(Fields fields, String key, String why) {
        fields.node(key)
                .filter(node -> !asksForNothing(node))
                .ifPresent(node -> fields.faults().notSupportedYet(fields.place(key), fields.name(key), why));
    }

    private static boolean asksForNothing(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> mapping.entries().isEmpty();
            case Sequence sequence -> sequence.items().isEmpty();
            case Scalar scalar -> scalar.text().isBlank() || scalar.text().contains("<+"); // noted as an expression
        };
    }
}
