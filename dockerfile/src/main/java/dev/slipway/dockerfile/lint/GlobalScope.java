package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values before the first FROM. */
final class GlobalScope {
    private GlobalScope() {}

    /** With the build arguments that were given. */
    static Scope given(Dockerfile dockerfile, LintContext context) {
        Scope scope = Scope.ofFile(automatic(dockerfile, context));
        declare(dockerfile, scope, context.buildArgs());
        return scope;
    }

    /** As if no build argument had been given for an ARG of the file; absent where a default cannot be expanded. */
    static Optional<Scope> ofDefaults(Dockerfile dockerfile, LintContext context) {
        Scope scope = Scope.ofFile(automatic(dockerfile, context));
        return declare(dockerfile, scope, Map.of()) ? Optional.of(scope) : Optional.empty();
    }

    private static Map<String, String> automatic(Dockerfile dockerfile, LintContext context) {
        Map<String, String> values = new LinkedHashMap<>(context.automaticArgs());
        String lastStage = dockerfile.lastStage().name().orElse("default");
        values.put("TARGETSTAGE", context.target().orElse(lastStage));
        values.replaceAll((name, value) -> context.buildArgs().getOrDefault(name, value));
        return values;
    }

    private static boolean declare(Dockerfile dockerfile, Scope scope, Map<String, String> given) {
        Expander expander = new Expander(dockerfile.directives().escape());
        boolean sound = true;
        for (Arg arg : dockerfile.globalArgs()) {
            for (Arg.Variable variable : arg.variables()) {
                Optional<String> value = Optional.ofNullable(given.get(variable.name()));
                try {
                    scope.declare(
                            variable.name(),
                            value.or(() -> variable.defaultValue().map(raw -> expander.expand(raw, scope))));
                } catch (InvalidInputException _) {
                    scope.declare(variable.name(), Optional.empty());
                    sound = false;
                }
            }
        }
        return sound;
    }
}
