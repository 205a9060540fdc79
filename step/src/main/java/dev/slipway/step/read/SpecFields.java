package dev.slipway.step.read;

import dev.slipway.foundation.error.Place;
import dev.slipway.step.model.AccountId;
import dev.slipway.step.model.Amounts;
import dev.slipway.step.model.BuildAndPushEcr;
import dev.slipway.step.model.CodebasePath;
import dev.slipway.step.model.Reference;
import dev.slipway.step.model.Region;
import dev.slipway.step.model.RepositoryName;
import dev.slipway.step.model.Resources;
import dev.slipway.step.model.Tag;
import dev.slipway.step.yaml.Faults;
import dev.slipway.step.yaml.Fields;
import dev.slipway.step.yaml.YamlNode;
import dev.slipway.step.yaml.YamlNode.Kind;
import dev.slipway.step.yaml.YamlNode.Scalar;
import dev.slipway.step.yaml.YamlNode.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the spec of a step of type {@code BuildAndPushECR}. */
final class SpecFields {
    static final List<String> KEYS = List.of(
            "connectorRef",
            "region",
            "account",
            "imageName",
            "tags",
            "baseImageConnectorRefs",
            "optimize",
            "dockerfile",
            "context",
            "labels",
            "buildArgs",
            "target",
            "remoteCacheImage",
            "caching",
            "cacheFrom",
            "cacheTo",
            "envVariables",
            "envDockerSecrets",
            "fileDockerSecrets",
            "runAsUser",
            "resources");
    private static final Pattern ARGUMENT = Pattern.compile("[^=\\s]+");

    private final Fields fields;
    private final Faults faults;

    SpecFields(Fields fields) {
        this.fields = fields;
        this.faults = fields.faults();
    }

    /** Empty if faults have been noted. */
    Optional<BuildAndPushEcr> read() {
        fields.require("connectorRef", "it names the AWS connector to push with");
        fields.require("region", "it is the AWS region of the registry");
        fields.require("account", "it is the AWS account of the registry");
        fields.require("imageName", "it is the repository to push to");
        Optional<Reference> connector = fields.read("connectorRef", SpecFields::reference);
        Optional<Region> region = fields.read("region", scalar -> new Region(scalar.text()));
        Optional<AccountId> account = fields.read("account", SpecFields::account);
        Optional<RepositoryName> imageName = fields.read("imageName", scalar -> new RepositoryName(scalar.text()));
        List<Tag> tags = tags();
        List<Reference> bases = baseConnectors();
        Optional<Boolean> optimize = fields.truth("optimize");
        CodebasePath dockerfile = path("dockerfile", "Dockerfile");
        CodebasePath context = path("context", ".");
        Map<String, String> labels = fields.texts("labels", SpecFields::labelName);
        Map<String, String> buildArgs = fields.texts("buildArgs", SpecFields::argumentName);
        Optional<String> target = fields.text("target");
        OptionalInt runAsUser = runAsUser();
        Optional<Resources> resources = resources();
        NotYet.refuseInSpec(fields);
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BuildAndPushEcr(
                connector.orElseThrow(),
                region.orElseThrow(),
                account.orElseThrow(),
                imageName.orElseThrow(),
                tags,
                bases,
                optimize,
                dockerfile,
                context,
                labels,
                buildArgs,
                target,
                runAsUser,
                resources));
    }

    private static Reference reference(Scalar scalar) {
        return Reference.parse(scalar.text(), scalar.place());
    }

    /** A number loses its leading zeros in the hands of other readers of YAML; one that has none left says so. */
    private static AccountId account(Scalar scalar) {
        boolean number = scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL;
        String text = scalar.text();
        if (number && (text.startsWith("0") || !text.chars().allMatch(Character::isDigit) || text.length() != 12)) {
            throw new IllegalArgumentException(
                    "an account has 12 digits and may begin with 0, which a number loses; write"
                            + " it in quotes, \"012345678901\"");
        }
        return new AccountId(text);
    }

    private List<Tag> tags() {
        Map<String, Place> seen = new HashMap<>();
        List<Tag> tags = fields.list("tags", "a list of tags", scalar -> {
            Tag tag = new Tag(scalar.text());
            Place first = seen.putIfAbsent(tag.text(), scalar.place());
            if (first != null) {
                throw new IllegalArgumentException("it is there already at line " + first.line());
            }
            return tag;
        });
        boolean none = fields.node("tags")
                .map(node -> (node instanceof Sequence list && list.items().isEmpty()) || isBlank(node))
                .orElse(true);
        if (none) {
            faults.add(
                    fields.place("tags"),
                    fields.name("tags") + " is missing",
                    "an image is pushed under one tag at least");
        }
        return tags;
    }

    private static boolean isBlank(YamlNode node) {
        return node instanceof Scalar scalar && scalar.text().isBlank();
    }

    private List<Reference> baseConnectors() {
        String key = "baseImageConnectorRefs";
        Optional<YamlNode> node = fields.node(key);
        if (node.isPresent() && node.get() instanceof Scalar) {
            return fields.read(key, SpecFields::reference).stream().toList();
        }
        return fields.list(key, "a list of connectors", SpecFields::reference);
    }

    private CodebasePath path(String key, String otherwise) {
        return fields.read(key, scalar -> new CodebasePath(scalar.text(), scalar.place()))
                .orElseGet(() -> new CodebasePath(otherwise, fields.place()));
    }

    private static String labelName(Scalar scalar) {
        if (scalar.text().isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        return scalar.text();
    }

    private static String argumentName(Scalar scalar) {
        if (!ARGUMENT.matcher(scalar.text()).matches()) {
            throw new IllegalArgumentException("the name of a build argument has no blank and no '='");
        }
        return scalar.text();
    }

    private OptionalInt runAsUser() {
        Optional<Integer> user = fields.read("runAsUser", scalar -> {
            if (!scalar.text().matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("expected the number of a user");
            }
            return Integer.valueOf(scalar.text());
        });
        if (user.isPresent() && user.get() != 0) {
            faults.notSupportedYet(
                    fields.node("runAsUser").orElseThrow().place(),
                    fields.name("runAsUser") + " " + user.get(),
                    "users other than 0");
        }
        return user.stream().mapToInt(Integer::intValue).findFirst();
    }

    private Optional<Resources> resources() {
        Optional<Fields> all = fields.nested("resources", List.of("limits", "requests"));
        if (all.isPresent() && all.get().isEmpty()) {
            faults.add(all.get().place(), "spec.resources", "expected limits or requests, found neither");
        }
        return all.map(of -> new Resources(amounts(of, "limits"), amounts(of, "requests"), fields.place("resources")));
    }

    private static Amounts amounts(Fields of, String key) {
        Optional<Fields> amounts = of.nested(key, List.of("memory", "cpu"));
        Optional<Long> memory = amounts.flatMap(a -> a.read("memory", scalar -> Amounts.parseMemory(scalar.text())));
        Optional<Long> cpu = amounts.flatMap(a -> a.read("cpu", scalar -> Amounts.parseCpu(scalar.text())));
        return new Amounts(optional(memory), optional(cpu));
    }

    private static OptionalLong optional(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
