package dev.slipway.aws.ecr;

import static java.util.Objects.requireNonNull;

/**
 * A repository of a private registry.
 *
 * @param uri what names of images begin with: {@code <registry>/<name>}
 * @param tagMutability e.g. {@code MUTABLE}, {@code IMMUTABLE}; a registry may name ones that are not known here
 */
public record EcrRepository(String name, String arn, String uri, String tagMutability) {
    public EcrRepository {
        requireNonNull(name, "name is null");
        requireNonNull(arn, "arn is null");
        requireNonNull(uri, "uri is null");
        requireNonNull(tagMutability, "tagMutability is null");
    }
}
