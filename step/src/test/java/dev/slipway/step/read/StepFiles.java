package dev.slipway.step.read;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.step.model.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Steps to read. */
final class StepFiles {
    /** Nine lines can follow at line 9: what is appended there is a key of the spec. */
    static final String MINIMAL = """
            type: BuildAndPushECR
            name: Build and push
            spec:
              connectorRef: aws
              region: eu-west-1
              account: "123456789012"
              imageName: app
              tags: [latest]
            """;

    private StepFiles() {}

    static Step read(String text) {
        return StepReader.read("step.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The minimal step with one more line, line 9, in its spec. */
    static String withSpecLine(String line) {
        return MINIMAL + "  " + line + "\n";
    }

    /** The minimal step with one more line, line 9, outside of its spec. */
    static String withStepLine(String line) {
        return MINIMAL + line + "\n";
    }

    static List<String> faults(String text) {
        return faults(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> faults(byte[] text) {
        InvalidInputException e =
                catchThrowableOfType(InvalidInputException.class, () -> StepReader.read("step.yaml", text));
        return e == null
                ? List.of()
                : e.problems().stream().map(Problem::toString).toList();
    }
}
