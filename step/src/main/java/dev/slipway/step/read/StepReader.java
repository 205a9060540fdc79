package dev.slipway.step.read;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.step.model.Step;
import dev.slipway.step.yaml.Faults;
import dev.slipway.step.yaml.YamlNode;
import dev.slipway.step.yaml.YamlParser;
import java.util.Optional;

/**
 * Reads the file of a step: the step itself, {@code step: …}, or a list with one of them. What is wrong is told all at
 * once, each fault with its place. So is what a step may say and what is not supported yet: a step never runs without a
 * part that would change what it does.
 */
public final class StepReader {
    private StepReader() {}

    /**
     * Reads a step.
     *
     * @param file as messages name it
     * @throws InvalidInputException with every fault of the file
     */
    public static Step read(String file, byte[] text) {
        Faults faults = new Faults();
        Optional<YamlNode> root = YamlParser.parse(file, text);
        if (root.isEmpty()) {
            faults.add(Place.ofFile(file), "no step", "the file is empty");
        }
        Optional<Step> step = root.flatMap(node -> Envelope.open(node, faults))
                .flatMap(mapping -> new StepFields(mapping, faults).read());
        faults.throwIfAny();
        return step.orElseThrow();
    }
}
