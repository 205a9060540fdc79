package dev.slipway.engine.plan;

import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Plans a Dockerfile for a test, on images that it makes up. */
final class Planning {
    private final String text;
    private final Map<String, String> buildArgs = new LinkedHashMap<>();
    private final Map<String, ContainerConfig> images = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> target = Optional.empty();
    private final Map<NamedContexts.Name, NamedContexts.Target> contexts = new LinkedHashMap<>();
    private Grants grants = Grants.NONE;
    private Optional<Instant> epoch = Optional.empty();
    private SourceTimes times = SourceTimes.NONE;
    private Platform platform = Platform.host();
    private Platform imagePlatform = Platform.host();

    private Planning(String text) {
        this.text = text;
    }

    static Planning of(String dockerfile) {
        return new Planning(dockerfile);
    }

    Planning arg(String name, String value) {
        buildArgs.put(name, value);
        return this;
    }

    Planning target(String name) {
        target = Optional.of(name);
        return this;
    }

    Planning grants(Grants given) {
        grants = given;
        return this;
    }

    Planning epoch(long seconds) {
        epoch = Optional.of(Instant.ofEpochSecond(seconds));
        return this;
    }

    /** Puts something into the place of images and stages of a name. */
    Planning context(String name, NamedContexts.Target target) {
        contexts.put(NamedContexts.Name.parse(name), target);
        return this;
    }

    Planning times(SourceTimes known) {
        times = known;
        return this;
    }

    Planning platform(String name) {
        platform = Platform.parse(name);
        return this;
    }

    Planning imagePlatform(String name) {
        imagePlatform = Platform.parse(name);
        return this;
    }

    /** An image with variables and triggers. */
    Planning image(String name, List<String> env, String... triggers) {
        images.put(
                name,
                new ContainerConfig(
                        "",
                        env,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Map.of(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(triggers),
                        false));
        return this;
    }

    StageGraph graph() {
        Dockerfile dockerfile = DockerfileParser.parse("Dockerfile", text.getBytes(StandardCharsets.UTF_8));
        PlanInputs inputs =
                new PlanInputs(buildArgs, target, platform, epoch, NamedContexts.of(contexts), times, grants);
        return GraphBuilder.build(dockerfile, inputs, this::configs);
    }

    Plan plan() {
        return Planner.plan(graph(), Map.of());
    }

    /** The images that were asked for, each time they were; an image and its platform in one word. */
    List<String> asked() {
        return asked;
    }

    private Map<ImageKey, ImageConfig> configs(Collection<ImageKey> keys) {
        Map<ImageKey, ImageConfig> configs = new LinkedHashMap<>();
        for (ImageKey key : keys) {
            String name = key.reference().toString().replaceAll("^docker.io/library/|:latest$", "");
            asked.add(name + "@" + key.platform());
            configs.put(
                    key,
                    new ImageConfig(
                            Optional.empty(),
                            "",
                            imagePlatform,
                            images.getOrDefault(name, ContainerConfig.EMPTY),
                            List.of(),
                            List.of()));
        }
        return configs;
    }

    /** The history lines of the target's own stage. */
    static List<String> history(Plan plan) {
        return plan.targetStage().steps().stream().map(StageStep::createdBy).toList();
    }

    /** The one command of the target's stage that the text begins. */
    static Operation.Run run(Plan plan, String title) {
        return plan.targetStage().steps().stream()
                .flatMap(step -> step.operation().stream())
                .filter(Operation.Run.class::isInstance)
                .map(Operation.Run.class::cast)
                .filter(run -> run.title().startsWith(title))
                .findFirst()
                .orElseThrow();
    }
}
