package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a step of type {@code BuildAndPushECR} does; components are named as the keys of its {@code spec}.
 *
 * @param connectorRef the AWS connector to push with
 * @param region of the registry
 * @param account of the registry
 * @param imageName the repository
 * @param tags at least one, all different
 * @param baseImageConnectorRefs connectors to pull base images with
 * @param optimize whether files are compared by their metadata where that is enough; the step's own default where absent
 * @param dockerfile relative to the codebase
 * @param context directory, relative to the codebase
 * @param labels of the image
 * @param buildArgs values for ARG
 * @param target the stage to build; the last one where absent
 * @param runAsUser the user that the builder runs as
 */
public record BuildAndPushEcr(
        Reference connectorRef,
        Region region,
        AccountId account,
        RepositoryName imageName,
        List<Tag> tags,
        List<Reference> baseImageConnectorRefs,
        Optional<Boolean> optimize,
        CodebasePath dockerfile,
        CodebasePath context,
        Map<String, String> labels,
        Map<String, String> buildArgs,
        Optional<String> target,
        OptionalInt runAsUser,
        Optional<Resources> resources) {
    public BuildAndPushEcr {
        requireNonNull(connectorRef, "connectorRef is null");
        requireNonNull(region, "region is null");
        requireNonNull(account, "account is null");
        requireNonNull(imageName, "imageName is null");
        requireNonNull(optimize, "optimize is null");
        requireNonNull(dockerfile, "dockerfile is null");
        requireNonNull(context, "context is null");
        requireNonNull(target, "target is null");
        requireNonNull(runAsUser, "runAsUser is null");
        requireNonNull(resources, "resources is null");
        tags = List.copyOf(tags);
        baseImageConnectorRefs = List.copyOf(baseImageConnectorRefs);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        if (tags.isEmpty()) {
            throw new IllegalArgumentException("a step pushes one tag at least");
        }
        if (new HashSet<>(tags).size() < tags.size()) {
            throw new IllegalArgumentException("a tag is given twice");
        }
    }
}
