package dev.slipway.step.read;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.foundation.error.InvalidInputException;

/** Whatever the bytes are, there is a step or a refusal that says where. */
class StepReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] text) {
        try {
            StepReader.read("step.yaml", text);
        } catch (InvalidInputException refused) {
            if (!refused.problems().stream().allMatch(problem -> problem.where().startsWith("step.yaml"))) {
                throw new AssertionError("a fault without its place", refused);
            }
        }
    }
}
