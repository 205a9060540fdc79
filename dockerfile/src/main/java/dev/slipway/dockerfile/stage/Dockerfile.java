package dev.slipway.dockerfile.stage;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Dockerfile.
 *
 * @param file as the user named it
 * @param globalArgs the ARGs above the first FROM
 * @param stages at least one
 * @param warnings what parses but is likely a mistake, in the order of the file
 */
public record Dockerfile(
        String file, Directives directives, List<Arg> globalArgs, List<Stage> stages, List<Problem> warnings) {
    public Dockerfile {
        requireNonNull(file, "file is null");
        requireNonNull(directives, "directives is null");
        globalArgs = List.copyOf(globalArgs);
        stages = List.copyOf(stages);
        warnings = List.copyOf(warnings);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a Dockerfile has at least one stage");
        }
    }

    /** What a build without {@code --target} builds. */
    public Stage lastStage() {
        return stages.getLast();
    }

    /**
     * The stage that {@code FROM name} means in the stage numbered {@code before}: the last one above it with that
     * name. The text is compared as written, so an upper-case letter never finds a stage.
     */
    public Optional<Stage> stageForFrom(String name, int before) {
        return lastNamed(name, before);
    }

    /**
     * The stage that {@code COPY --from} means in the stage numbered {@code before}: the last one above it with that
     * name in any case, or the one with that 0-based number.
     */
    public Optional<Stage> stageForCopy(String nameOrNumber, int before) {
        return stageForMount(nameOrNumber, before).or(() -> numbered(nameOrNumber, before));
    }

    /** The stage that {@code RUN --mount=from=} means: as {@link #stageForCopy}, but names only. */
    public Optional<Stage> stageForMount(String name, int before) {
        return lastNamed(name.toLowerCase(Locale.ROOT), before);
    }

    /** The stage that {@code --target} means: the last one with that name in any case. Numbers are for COPY only. */
    public Optional<Stage> stageForTarget(String name) {
        return stageForMount(name, stages.size());
    }

    private Optional<Stage> lastNamed(String name, int before) {
        return stages.subList(0, Math.clamp(before, 0, stages.size())).reversed().stream()
                .filter(stage -> stage.name().filter(name::equals).isPresent())
                .findFirst();
    }

    private Optional<Stage> numbered(String text, int before) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        return number < Math.min(before, stages.size()) ? Optional.of(stages.get(number)) : Optional.empty();
    }
}
