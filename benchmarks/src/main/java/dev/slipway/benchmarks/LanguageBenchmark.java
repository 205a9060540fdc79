package dev.slipway.benchmarks;

import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.engine.plan.GraphBuilder;
import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.plan.PlanInputs;
import dev.slipway.engine.plan.Planner;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the text of a Dockerfile to the plan of its build: no file, no network. {@code benchmarks/language} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LanguageBenchmark {
    /** How many instructions the Dockerfile has. */
    @Param({"1000", "5000", "10000", "20000"})
    public int instructions;

    /** What they are. */
    @Param({"mixed", "env", "arg"})
    public String kind = "mixed";

    private byte[] text = new byte[0];

    /** Makes the Dockerfile. */
    @Setup
    public void make() {
        text = switch (kind) {
            case "env" -> Dockerfiles.env(instructions);
            case "arg" -> Dockerfiles.arg(instructions);
            default -> Dockerfiles.mixed(instructions);
        };
    }

    /** The text alone. */
    @Benchmark
    public Dockerfile parse() {
        return DockerfileParser.parse("Dockerfile", text);
    }

    /** The text, the stages, what each instruction does, the history and the configuration. */
    @Benchmark
    public Plan parseAndPlan() {
        PlanInputs inputs = new PlanInputs(Map.of(), Optional.empty(), Platform.host(), Optional.empty());
        return Planner.plan(GraphBuilder.build(parse(), inputs, LanguageBenchmark::empty), Map.of());
    }

    private static Map<ImageKey, ImageConfig> empty(Collection<ImageKey> keys) {
        Map<ImageKey, ImageConfig> configs = new HashMap<>();
        for (ImageKey key : keys) {
            configs.put(
                    key,
                    new ImageConfig(Optional.empty(), "", key.platform(), ContainerConfig.EMPTY, List.of(), List.of()));
        }
        return configs;
    }
}
