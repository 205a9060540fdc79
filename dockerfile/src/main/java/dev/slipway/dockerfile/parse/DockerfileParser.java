package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Directives;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads Dockerfiles as {@code docker/dockerfile:1} does.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public final class DockerfileParser {
    private DockerfileParser() {}

    /**
     * Reads a whole file.
     *
     * @param file the file as the user named it, for errors
     * @throws InvalidInputException with all faults of the file, each at its line and column
     */
    public static Dockerfile parse(String file, byte[] text) {
        return parse(file, text, Map.of());
    }

    /**
     * Reads a whole file for a build.
     *
     * @param file the file as the user named it, for errors
     * @param buildArgs of which {@value DirectiveReader#SYNTAX_ARGUMENT} takes the place of {@code # syntax=} and
     *     {@value DirectiveReader#CHECK_ARGUMENT} that of {@code # check=}
     * @throws InvalidInputException with all faults of the file, each at its line and column; if it asks for another
     *     language, that is its only one
     */
    public static Dockerfile parse(String file, byte[] text, Map<String, String> buildArgs) {
        return read(file, text, buildArgs).dockerfile();
    }

    /**
     * Reads a whole file, and goes on where an instruction is wrong.
     *
     * @param file the file as the user named it, for errors
     * @param buildArgs as those of {@link #parse(String, byte[], Map)}
     */
    public static ParsedFile read(String file, byte[] text, Map<String, String> buildArgs) {
        Faults faults = new Faults();
        LineReader lines = LineReader.ofFile(file, text, faults);
        DirectiveReader reader = new DirectiveReader(lines, faults, buildArgs);
        Optional<Problem> otherLanguage = reader.otherLanguage();
        if (otherLanguage.isPresent()) {
            return ParsedFile.unreadable(file, otherLanguage.orElseThrow());
        }
        return read(file, lines, reader.read(), faults);
    }

    private static ParsedFile read(String file, LineReader lines, Directives directives, Faults faults) {
        lines.escape(directives.escape());
        Collector collector = new Collector(faults);
        InstructionReader instructions = new InstructionReader(lines, faults);
        boolean found = false;
        OptionalInt faultyLine = OptionalInt.empty();
        Optional<LogicalLine> line = lines.next();
        while (line.isPresent()) {
            found = true;
            int faultsBefore = faults.size();
            read(instructions, line.orElseThrow(), faults).ifPresent(collector::add);
            if (faults.size() > faultsBefore && faultyLine.isEmpty()) {
                faultyLine = OptionalInt.of(line.orElseThrow().place(0).line());
            }
            line = lines.next();
        }
        if (faults.isEmpty() && collector.stages.isEmpty()) {
            faults.add(new Problem(
                    file,
                    found ? "the Dockerfile has no stage" : "the Dockerfile has no instruction",
                    "",
                    "begin with FROM IMAGE"));
        }
        return new ParsedFile(
                file,
                directives,
                collector.globalArgs,
                collector.stages(),
                faults.emptyContinuations(),
                faults.warnings(),
                faults.problems(),
                faultyLine);
    }

    /**
     * Reads an ONBUILD trigger from an image's config.
     *
     * @param place of the FROM that the trigger runs for; the instruction gets it too
     * @throws InvalidInputException with all faults of the trigger
     */
    public static Instruction parseTrigger(String trigger, Place place) {
        Faults faults = new Faults();
        LineReader lines = LineReader.ofTrigger(trigger, place, faults);
        InstructionReader instructions = new InstructionReader(lines, faults);
        Optional<Instruction> instruction = lines.next().flatMap(line -> read(instructions, line, faults));
        if (faults.isEmpty() && (instruction.isEmpty() || lines.next().isPresent())) {
            faults.add(Problem.of("ONBUILD " + trigger, "a trigger is exactly one instruction")
                    .at(place));
        }
        instruction.flatMap(InstructionReader::faultOfTrigger).ifPresent(faults::add);
        faults.throwIfAny();
        return instruction.orElseThrow();
    }

    private static Optional<Instruction> read(InstructionReader reader, LogicalLine line, Faults faults) {
        try {
            return Optional.of(reader.read(line));
        } catch (InvalidInputException e) {
            faults.addAll(e, line.place(0));
            return Optional.empty();
        }
    }

    /** Sorts instructions into stages. */
    private static final class Collector {
        private final Faults faults;
        private final List<Arg> globalArgs = new ArrayList<>();
        private final List<From> stages = new ArrayList<>();
        private final List<List<Instruction>> bodies = new ArrayList<>();

        Collector(Faults faults) {
            this.faults = faults;
        }

        void add(Instruction instruction) {
            if (instruction instanceof From from) {
                stages.add(from);
                bodies.add(new ArrayList<>());
            } else if (!bodies.isEmpty()) {
                bodies.getLast().add(instruction);
            } else if (instruction instanceof Arg arg) {
                globalArgs.add(arg);
            } else if (faults.isEmpty()) {
                faults.add(new Problem(
                        instruction.place().toString(),
                        instruction.keyword(),
                        "it stands before the first FROM, where only ARG may",
                        "begin the stage with FROM IMAGE"));
            }
        }

        List<Stage> stages() {
            List<Stage> result = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                Optional<String> name = stages.get(i).alias().map(alias -> alias.toLowerCase(Locale.ROOT));
                result.add(new Stage(i, name, stages.get(i), bodies.get(i)));
            }
            return result;
        }
    }
}
