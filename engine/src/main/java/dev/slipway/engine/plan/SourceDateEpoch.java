package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.engine.plan.NamedContexts.Target;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The time that a build takes instead of now, from the build argument or else the global ARG of that name: seconds since
 * 1970, {@code context}, or the name of a context or of a stage that does nothing but fetch.
 *
 * @see <a href="https://docs.docker.com/build/ci/github-actions/reproducible-builds/">Reproducible builds</a>
 */
final class SourceDateEpoch {
    private final GlobalScope globals;
    private final Dockerfile dockerfile;
    private final PlanInputs inputs;

    SourceDateEpoch(GlobalScope globals, Dockerfile dockerfile, PlanInputs inputs) {
        this.globals = globals;
        this.dockerfile = dockerfile;
        this.inputs = inputs;
    }

    /** What was asked for. */
    private sealed interface Asked {
        record At(Instant time) implements Asked {}

        record OfContext() implements Asked {}

        record OfNamedContext(String key) implements Asked {}

        record OfStage(Stage stage) implements Asked {}
    }

    /**
     * Reads the value and puts what it comes to, if that is known already, in its place, where the ARGs of stages see it.
     *
     * @throws InvalidInputException if it can be nothing
     */
    void check() {
        Optional<String> text = text(globals);
        if (text.isPresent()) {
            Optional<Asked> asked = read(text.get());
            if (asked.isEmpty()) {
                globals.epoch(Optional.empty());
            } else if (asked.get() instanceof Asked.At(Instant time)) {
                put(Optional.of(time));
            }
        }
    }

    /**
     * Asks for the time where it is that of something else, and puts it into the value's place.
     *
     * @param fetched the sources that the one ADD of a stage names
     * @throws InvalidInputException if that has no time
     */
    void ask(Function<Stage, List<SourceReference>> fetched) {
        Optional<String> text = text(globals);
        Optional<Asked> asked = text.flatMap(this::read);
        if (asked.isPresent()) {
            put(
                    switch (asked.get()) {
                        case Asked.At(Instant time) -> Optional.of(time);
                        case Asked.OfContext() -> inputs.times().ofContext();
                        case Asked.OfNamedContext(String key) -> inputs.times().ofNamedContext(key);
                        case Asked.OfStage(Stage stage) -> ofStage(text.orElseThrow(), stage, fetched.apply(stage));
                    });
        }
    }

    /** The time, once it has been asked for. */
    static Optional<Instant> of(GlobalScope globals) {
        return text(globals).filter(text -> !text.isEmpty()).map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
    }

    private void put(Optional<Instant> time) {
        globals.epoch(time.map(value -> Long.toString(value.getEpochSecond())));
    }

    private static Optional<String> text(GlobalScope globals) {
        return globals.given(GlobalScope.SOURCE_DATE_EPOCH)
                .or(() -> globals.get(GlobalScope.SOURCE_DATE_EPOCH).filter(text -> !text.isEmpty()));
    }

    private Optional<Asked> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.matches("[-+]?[0-9]{1,18}")) {
            try {
                return Optional.of(new Asked.At(Instant.ofEpochSecond(Long.parseLong(text))));
            } catch (DateTimeException _) {
                throw invalid(text, "no such time");
            }
        }
        if (text.equals("context")) {
            return Optional.of(new Asked.OfContext());
        }
        Optional<Target> context = inputs.contexts().find(text, inputs.platform());
        if (context.isPresent()) {
            if (context.get() instanceof Target.Files(String key)) {
                return Optional.of(new Asked.OfNamedContext(key));
            }
            throw invalid(text, "the context of that name is an image, which has no time");
        }
        for (Stage stage : dockerfile.stages()) {
            if (stage.name().filter(text::equalsIgnoreCase).isPresent()) {
                return Optional.of(new Asked.OfStage(checked(text, stage)));
            }
        }
        throw invalid(text, "it is neither a number nor a context or stage");
    }

    private static Stage checked(String text, Stage stage) {
        boolean isSource = stage.from().image().equals("scratch")
                && stage.instructions().stream().filter(Add.class::isInstance).count() == 1
                && stage.instructions().stream().allMatch(SourceDateEpoch::isAllowed);
        if (!isSource) {
            throw noSource(text, stage);
        }
        return stage;
    }

    private Optional<Instant> ofStage(String text, Stage stage, List<SourceReference> sources) {
        if (sources.size() != 1 || !sources.getFirst().isRemote()) {
            throw noSource(text, stage);
        }
        return inputs.times().of(sources.getFirst());
    }

    private static InvalidInputException noSource(String text, Stage stage) {
        return new InvalidInputException(Problem.of(
                        "SOURCE_DATE_EPOCH=" + text,
                        "the stage has to be FROM scratch with exactly one ADD of a URL or a git repository")
                .at(stage.from().place()));
    }

    private static boolean isAllowed(Instruction instruction) {
        return instruction instanceof Arg || instruction instanceof Add;
    }

    private static InvalidInputException invalid(String text, String why) {
        return new InvalidInputException(Problem.of("invalid SOURCE_DATE_EPOCH: " + text, why)
                .remedy("give the seconds since 1970, e.g. --build-arg SOURCE_DATE_EPOCH=0"));
    }
}
