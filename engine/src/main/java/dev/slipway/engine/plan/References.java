package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.shell.Variables;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * What COPY, mounts and {@code --target} name. They see all stages of the file, in any case of their names, the last of
 * those that share one; whether a stage stands above is another question. Images are for the platform of the build, and a
 * named context takes the place of one of its name.
 */
final class References {
    private final Platform platform;
    private final NamedContexts contexts;
    private final Expander expander;
    private final int stages;
    private final Map<String, Integer> byName = new HashMap<>();

    References(Dockerfile dockerfile, Platform platform, NamedContexts contexts, Expander expander) {
        this.platform = platform;
        this.contexts = contexts;
        this.expander = expander;
        this.stages = dockerfile.stages().size();
        for (Stage stage : dockerfile.stages()) {
            stage.name().ifPresent(name -> byName.put(name, stage.index()));
        }
    }

    Optional<Integer> stage(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The names of the stages, in the order of the file. */
    List<String> names() {
        return byName.entrySet().stream()
                .sorted(Entry.comparingByValue())
                .map(Entry::getKey)
                .toList();
    }

    /** @throws InvalidInputException without a place, if something that is named cannot be */
    StageInstruction resolve(Instruction instruction, boolean isTrigger) {
        List<FileSource> uses = new ArrayList<>();
        if (instruction instanceof Copy copy && copy.from().isPresent()) {
            uses.add(ofCopy(copy.from().get()));
        } else if (instruction instanceof Run run) {
            for (MountFlag mount : run.mounts()) {
                mount.from().filter(from -> !from.isEmpty()).ifPresent(from -> uses.add(named(from)));
            }
        }
        return new StageInstruction(instruction, uses, isTrigger);
    }

    private FileSource ofCopy(String from) {
        if (!expander.expand(from, Variables.of(Map.of())).equals(from)) {
            throw new InvalidInputException(Problem.of("--from=" + from, "variables are not replaced in --from")
                    .remedy("give the image a stage of its own, FROM " + from + " AS name, and copy from that"));
        }
        if (!from.isEmpty() && from.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return numbered(from);
        }
        return named(from);
    }

    private FileSource numbered(String from) {
        int number = from.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(from);
        if (number >= stages) {
            throw new InvalidInputException(Problem.of("--from=" + from, "there is no stage of that number")
                    .remedy("stages are numbered from 0"));
        }
        return new FileSource.OfStage(number);
    }

    private FileSource named(String from) {
        Optional<Integer> stage = stage(from);
        if (stage.isPresent()) {
            return new FileSource.OfStage(stage.get());
        }
        if (from.equals("scratch")) {
            return new FileSource.Scratch();
        }
        return contexts.find(from, platform)
                .map(target -> NamedContexts.source(target, platform))
                .orElseGet(() -> new FileSource.OfImage(new ImageKey(reference(from), platform)));
    }

    /** @throws InvalidInputException without a place, if it is none */
    static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            String why = e.getMessage();
            throw new InvalidInputException(
                    Problem.of("'" + text + "' is not an image reference", why == null ? "" : why));
        }
    }
}
