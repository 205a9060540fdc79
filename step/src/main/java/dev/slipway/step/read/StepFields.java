package dev.slipway.step.read;

import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.Place;
import dev.slipway.step.model.BuildAndPushEcr;
import dev.slipway.step.model.Identifier;
import dev.slipway.step.model.Step;
import dev.slipway.step.model.StepName;
import dev.slipway.step.model.Timeout;
import dev.slipway.step.yaml.Faults;
import dev.slipway.step.yaml.Fields;
import dev.slipway.step.yaml.YamlNode.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the keys of a step that stand outside of its spec. */
final class StepFields {
    private static final List<String> KEYS = List.of(
            "type",
            "name",
            "identifier",
            "description",
            "timeout",
            "when",
            "failureStrategies",
            "strategy",
            "enforce",
            "spec");

    private final Faults faults;
    private final Fields fields;

    StepFields(Mapping mapping, Faults faults) {
        this.faults = faults;
        this.fields = Fields.of("", mapping, KEYS, faults);
    }

    /** Empty if faults have been noted. */
    Optional<Step> read() {
        fields.require("type", "a step is of type " + Step.TYPE);
        fields.require("name", "it says what the step is for");
        boolean ours = readType();
        Optional<StepName> name = fields.read("name", scalar -> new StepName(scalar.text()));
        Optional<Identifier> identifier = identifier(name);
        Optional<String> description = fields.text("description");
        Optional<Duration> timeout = fields.read("timeout", scalar -> Timeout.parse(scalar.text()));
        NotYet.refuseIn(fields);
        Optional<BuildAndPushEcr> spec = ours ? spec() : Optional.empty();
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Step(
                name.orElseThrow(),
                identifier.orElseThrow(),
                description.orElse(""),
                timeout,
                spec.orElseThrow(),
                fields.place()));
    }

    /** Whether the spec can be read: a step without type is taken for one of ours. */
    private boolean readType() {
        Optional<String> type = fields.text("type");
        if (type.isEmpty() || type.get().equals(Step.TYPE)) {
            return true;
        }
        Optional<String> near = Spelling.nearest(type.get(), List.of(Step.TYPE));
        if (near.isPresent()) {
            faults.add(typePlace(), "type '" + type.get() + "'", "", "did you mean " + Step.TYPE + "?");
        } else {
            faults.notSupportedYet(typePlace(), "type '" + type.get() + "'", "only steps of type " + Step.TYPE);
        }
        return near.isPresent();
    }

    private Place typePlace() {
        return fields.node("type").orElseThrow().place();
    }

    private Optional<Identifier> identifier(Optional<StepName> name) {
        if (fields.has("identifier")) {
            fields.require("identifier", "leave the key out to derive it from the name");
            return fields.read("identifier", scalar -> new Identifier(scalar.text()));
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String derived = Identifier.derive(name.get().text());
        try {
            return Optional.of(new Identifier(derived));
        } catch (IllegalArgumentException e) {
            faults.add(
                    fields.node("name").orElseThrow().place(),
                    "the name gives the identifier '" + derived + "'",
                    String.valueOf(e.getMessage()),
                    "set the key identifier");
            return Optional.empty();
        }
    }

    private Optional<BuildAndPushEcr> spec() {
        if (!fields.has("spec")) {
            fields.require("spec", "it says what is built and where it goes");
            return Optional.empty();
        }
        return fields.nested("spec", SpecFields.KEYS).flatMap(spec -> new SpecFields(spec).read());
    }
}
