package dev.slipway.localecr.model;

import dev.slipway.image.model.Digest;
import java.util.Collection;

/** What ECR says when it refuses, word for word where the words are known: clients match on some of them. */
public final class Texts {
    public static final String TOKEN_EXPIRED = "Your authorization token has expired. Reauthenticate and try again.";
    public static final String LAYER_DIGEST_DIFFERS =
            "None of the provided layer digests match the calculated layer digest";
    public static final String PART_TOO_SMALL = "All layer parts except the last part should be at least 5MB";
    public static final String IMAGE_NOT_FOUND = "Requested image not found";

    private Texts() {}

    public static String repositoryMissing(RepositoryName name, RegistryId registry) {
        return "The repository with name '" + name + "' does not exist in the registry with id '" + registry.account()
                + "'";
    }

    public static String repositoryExists(RepositoryName name, RegistryId registry) {
        return "The repository with name '" + name + "' already exists in the registry with id '" + registry.account()
                + "'";
    }

    public static String repositoryNotEmpty(RepositoryName name, RegistryId registry) {
        return "The repository with name '" + name + "' in registry with id '" + registry.account()
                + "' cannot be deleted because it still contains images";
    }

    public static String badRepositoryName() {
        return parameter(
                "repositoryName",
                "must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*"
                        + "[a-z0-9]+(?:[._-][a-z0-9]+)*'");
    }

    public static String badTag() {
        return parameter("imageTag", "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'");
    }

    public static String parameter(String name, String constraint) {
        return "Invalid parameter at '" + name + "' failed to satisfy constraint: '" + constraint + "'";
    }

    public static String manifest(String constraint) {
        return parameter("ImageManifest", constraint);
    }

    /** Since 2025 the tag is called immutable; before, the repository was. */
    public static String tagImmutable(Tag tag, RepositoryName name) {
        return "The image tag '" + tag + "' already exists in the '" + name
                + "' repository and cannot be overwritten because the tag is immutable.";
    }

    public static String layersRequired(Collection<Digest> missing, RepositoryName name, RegistryId registry) {
        return required("Layers", missing, name, registry);
    }

    public static String imagesRequired(Collection<Digest> missing, RepositoryName name, RegistryId registry) {
        return required("Images", missing, name, registry);
    }

    private static String required(
            String things, Collection<Digest> missing, RepositoryName name, RegistryId registry) {
        return things + " with digests '" + missing + "' required for pushing image into repository with name '" + name
                + "' in the registry with id '" + registry.account() + "' do not exist";
    }

    public static String layerMissing(String digest, RepositoryName name, RegistryId registry) {
        return "The layer with digest '" + digest + "' does not exist within the repository with name '" + name
                + "' in the registry with id '" + registry.account() + "'";
    }

    public static String imageMissing(String digest, String tag, RepositoryName name, RegistryId registry) {
        return "The image with imageId {imageDigest:'" + digest + "', imageTag:'" + tag
                + "'} does not exist within the repository with name '" + name + "' in the registry with id '"
                + registry.account() + "'";
    }

    public static String firstByte(long sent, long expected) {
        return "First byte of the layer part is " + sent + " instead of " + expected;
    }

    public static String uploadMissing(String id, RepositoryName name, RegistryId registry) {
        return "Upload with id '" + id + "' does not exist in the repository with name '" + name
                + "' in the registry with id '" + registry.account() + "'";
    }
}
