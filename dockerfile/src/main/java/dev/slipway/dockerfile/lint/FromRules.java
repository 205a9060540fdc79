package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What FROM does with global arguments. Every stage is checked, whatever the target. */
final class FromRules {
    private static final String TARGET_PLATFORM = "TARGETPLATFORM";
    private static final Pattern PLATFORM_FLAG = Pattern.compile("(?<=\\s)--platform=\\S*");

    private final Findings findings;
    private final Dockerfile dockerfile;
    private final LintContext context;
    private final Expander expander;

    FromRules(Findings findings, Dockerfile dockerfile, LintContext context) {
        this.findings = findings;
        this.dockerfile = dockerfile;
        this.context = context;
        this.expander = new Expander(dockerfile.directives().escape());
    }

    /** Checks all and returns what each FROM says, in the order of the stages. */
    List<ExpandedFrom> check(Scope globals) {
        GlobalScope.ofDefaults(dockerfile, context).ifPresent(this::defaults);
        List<ExpandedFrom> expanded = new ArrayList<>();
        for (Stage stage : dockerfile.stages()) {
            expanded.add(from(stage, globals));
        }
        return expanded;
    }

    private ExpandedFrom from(Stage stage, Scope globals) {
        From from = stage.from();
        Optional<Expansion> image = expand(from.image(), globals);
        image.ifPresent(found -> undeclared(from, found, globals));
        Optional<Expansion> platform = from.platform().flatMap(raw -> expand(raw, globals));
        platform.ifPresent(found -> {
            undeclared(from, found, globals);
            platform(stage, found, globals);
        });
        return new ExpandedFrom(
                image.map(Expansion::text).orElse(""),
                platform.map(Expansion::text)
                        .filter(text -> !text.isEmpty())
                        .orElseGet(() -> context.automaticArgs().getOrDefault(TARGET_PLATFORM, "")));
    }

    private Optional<Expansion> expand(String raw, Scope scope) {
        try {
            return Optional.of(expander.evaluate(raw, Expander.Mode.WORD, scope));
        } catch (InvalidInputException _) {
            return Optional.empty();
        }
    }

    private void defaults(Scope defaults) {
        for (Stage stage : dockerfile.stages()) {
            From from = stage.from();
            expand(from.image(), defaults)
                    .filter(found ->
                            !found.used().isEmpty() || !found.undefined().isEmpty())
                    .filter(found -> !context.isImageName().test(found.text()))
                    .ifPresent(_ -> findings.add(
                            Rule.INVALID_DEFAULT_ARG_IN_FROM,
                            from,
                            findings.source().word(from, from.image()),
                            from.image()));
        }
    }

    private void undeclared(From from, Expansion expansion, Scope globals) {
        for (String name : globals.undefined(expansion)) {
            String hint = findings.nearNames()
                    .near(name, globals.names())
                    .map(near -> " (did you mean " + near + "?)")
                    .orElse("");
            findings.add(Rule.UNDEFINED_ARG_IN_FROM, from, findings.source().variable(from, name), name, hint);
        }
    }

    private void platform(Stage stage, Expansion expansion, Scope globals) {
        From from = stage.from();
        Span flag = findings.source().first(from, PLATFORM_FLAG);
        if (expansion.used().isEmpty() && expansion.undefined().isEmpty()) {
            String build = context.automaticArgs().getOrDefault("BUILDPLATFORM", "linux/amd64");
            PlatformText.parse(expansion.text(), build)
                    .filter(constant -> !constant.isNamedIn(stage.name().orElse("")))
                    .ifPresent(
                            _ -> findings.add(Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED, from, flag, expansion.text()));
        } else if (expansion.used().size() == 1
                && expansion.used().contains(TARGET_PLATFORM)
                && expansion.undefined().isEmpty()
                && globals.get(TARGET_PLATFORM).filter(expansion.text()::equals).isPresent()) {
            findings.add(
                    Rule.REDUNDANT_TARGET_PLATFORM, from, flag, from.platform().orElse(""));
        }
    }
}
