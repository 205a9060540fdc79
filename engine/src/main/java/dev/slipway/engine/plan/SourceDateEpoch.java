package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The time that a build takes instead of now, from the build argument or else the global ARG of that name: seconds since
 * 1970, {@code context}, or the name of a stage.
 *
 * @see <a href="https://docs.docker.com/build/ci/github-actions/reproducible-builds/">Reproducible builds</a>
 */
final class SourceDateEpoch {
    private SourceDateEpoch() {}

    /** Reads the value and puts what it comes to in its place, where the ARGs of stages see it. */
    static void resolve(GlobalScope globals, Dockerfile dockerfile) {
        Optional<String> asked = asked(globals);
        if (asked.isPresent()) {
            globals.epoch(read(asked.get(), dockerfile).map(time -> Long.toString(time.getEpochSecond())));
        }
    }

    /** The resolved time. */
    static Optional<Instant> of(GlobalScope globals, Dockerfile dockerfile) {
        return asked(globals).flatMap(text -> read(text, dockerfile));
    }

    private static Optional<String> asked(GlobalScope globals) {
        return globals.given(GlobalScope.SOURCE_DATE_EPOCH)
                .or(() -> globals.get(GlobalScope.SOURCE_DATE_EPOCH).filter(text -> !text.isEmpty()));
    }

    /** A directory of this machine has no time of its own, so that {@code context} means nothing for it. */
    private static Optional<Instant> read(String text, Dockerfile dockerfile) {
        if (text.isEmpty() || text.equals("context")) {
            return Optional.empty();
        }
        if (text.matches("[-+]?[0-9]{1,18}")) {
            try {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            } catch (DateTimeException _) {
                throw invalid(text, "no such time");
            }
        }
        for (Stage stage : dockerfile.stages()) {
            if (stage.name().filter(text::equalsIgnoreCase).isPresent()) {
                throw ofStage(text, stage);
            }
        }
        throw invalid(text, "it is neither a number nor a stage");
    }

    private static InvalidInputException ofStage(String text, Stage stage) {
        boolean isSource = stage.from().image().equals("scratch")
                && stage.instructions().stream().filter(Add.class::isInstance).count() == 1
                && stage.instructions().stream().allMatch(SourceDateEpoch::isAllowed);
        if (!isSource) {
            return new InvalidInputException(Problem.of(
                            "SOURCE_DATE_EPOCH=" + text,
                            "the stage has to be FROM scratch with exactly one ADD of a URL or a git repository")
                    .at(stage.from().place()));
        }
        return new InvalidInputException(
                Problem.of("SOURCE_DATE_EPOCH=" + text, "the time of what a stage fetches cannot be taken yet")
                        .remedy("give the seconds since 1970")
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
