package dev.slipway.dockerfile.parse;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.stage.Directives;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.OptionalInt;

/**
 * What could be read of a file, also where it has faults: the instructions that are wrong are missing.
 *
 * @param emptyContinuations the first empty line inside of each continued instruction that has one
 * @param warnings what else parses but is likely a mistake
 * @param firstFaultyLine where the first instruction that is wrong begins; absent where no instruction is
 */
public record ParsedFile(
        String file,
        Directives directives,
        List<Arg> globalArgs,
        List<Stage> stages,
        List<Place> emptyContinuations,
        List<Problem> warnings,
        List<Problem> faults,
        OptionalInt firstFaultyLine) {
    public ParsedFile {
        requireNonNull(file, "file is null");
        requireNonNull(directives, "directives is null");
        requireNonNull(firstFaultyLine, "firstFaultyLine is null");
        globalArgs = List.copyOf(globalArgs);
        stages = List.copyOf(stages);
        emptyContinuations = List.copyOf(emptyContinuations);
        warnings = List.copyOf(warnings);
        faults = List.copyOf(faults);
    }

    /** A file that is refused as a whole. */
    static ParsedFile unreadable(String file, Problem fault) {
        return new ParsedFile(
                file, Directives.NONE, List.of(), List.of(), List.of(), List.of(), List.of(fault), OptionalInt.empty());
    }

    /** @throws InvalidInputException with all faults, if there is one */
    public Dockerfile dockerfile() {
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults);
        }
        return new Dockerfile(file, directives, globalArgs, stages, warnings);
    }
}
