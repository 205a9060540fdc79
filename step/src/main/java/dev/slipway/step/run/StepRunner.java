package dev.slipway.step.run;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.ecr.EcrAccess;
import dev.slipway.aws.ecr.EcrKeychain;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.TimedOutException;
import dev.slipway.foundation.event.Event;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.step.model.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a step on this machine: builds its image and pushes it to ECR under all of its tags. */
public final class StepRunner {
    private static final int TASKS = 2; // the build and the token

    private final StepEnvironment environment;

    public StepRunner(StepEnvironment environment) {
        this.environment = requireNonNull(environment, "environment is null");
    }

    /**
     * Runs a step. Blocks; an interrupt ends the build.
     *
     * @param plan of that step
     * @throws TimedOutException when the step's time is over
     * @throws dev.slipway.foundation.error.SlipwayException of another kind: as {@link ImageBuilder#build} says
     */
    public BuildReport run(Step step, StepPlan plan) {
        step.warnings().forEach(warning -> environment.events().accept(new Event.Warning(warning)));
        EcrAccess access = new EcrAccess(plan.login(), environment.ecrEndpoint());
        EcrKeychain ecr = new EcrKeychain(access, environment.transport(), environment.clock());
        Keychain keychain = Keychain.firstOf(List.of(ecr, new BaseImageKeychain(plan.baseCredentials())));
        ImageBuilder builder = environment.builders().builder(keychain);
        try (TaskScope scope = new TaskScope(TASKS)) {
            ecr.prefetch(scope, plan.registry());
            Future<BuildReport> build = scope.fork("step " + step.identifier(), () -> builder.build(plan.request()));
            await(build, plan.timeout(), step);
            scope.join();
            return TaskScope.result(build);
        }
    }

    /** Returns when the build has ended, however it did. */
    private static void await(Future<BuildReport> build, Optional<Duration> timeout, Step step) {
        try {
            if (timeout.isPresent()) {
                build.get(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                build.get();
            }
        } catch (TimeoutException e) {
            throw new TimedOutException(
                    Problem.of(
                                    "the step " + step.identifier(),
                                    "it took longer than its timeout of " + words(timeout.orElseThrow()))
                            .at(step.place()),
                    e);
        } catch (ExecutionException e) {
            // the scope knows what failed first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("the step " + step.identifier(), "interrupted"), e);
        }
    }

    private static String words(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        return text.toString().strip();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit).append(' ');
        }
    }
}
