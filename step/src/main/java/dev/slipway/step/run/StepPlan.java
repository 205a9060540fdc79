package dev.slipway.step.run;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.engine.BuildRequest;
import dev.slipway.registry.auth.RegistryCredential;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a step means, before anything is done.
 *
 * @param request what is built and pushed
 * @param registry that it is pushed to
 * @param login to AWS
 * @param baseCredentials for pulling base images, by registry as names of images spell it
 * @param timeout after which the step fails
 */
public record StepPlan(
        BuildRequest request,
        EcrHost registry,
        AwsLogin login,
        Map<String, RegistryCredential> baseCredentials,
        Optional<Duration> timeout) {
    public StepPlan {
        requireNonNull(request, "request is null");
        requireNonNull(registry, "registry is null");
        requireNonNull(login, "login is null");
        requireNonNull(timeout, "timeout is null");
        baseCredentials = Collections.unmodifiableMap(new LinkedHashMap<>(baseCredentials));
    }
}
