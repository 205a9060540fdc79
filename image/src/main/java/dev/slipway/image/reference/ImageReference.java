package dev.slipway.image.reference;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image, normalised as Docker does: {@code busybox} is {@code docker.io/library/busybox:latest}.
 *
 * @param registry host with optional port, e.g. {@code docker.io}
 * @param repository path without host, e.g. {@code library/busybox}
 * @param tag absent where only a digest is given
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests">
 *     distribution-spec, names and tags</a>
 */
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {
    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern HOST = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+])"
                    + "(?::[0-9]{1,5})?");
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern LIKE_AN_ID = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_REPOSITORY_LENGTH = 255;
    private static final int MAX_HOST_LENGTH = 253 + ":65535".length();

    public ImageReference {
        requireNonNull(tag, "tag is null");
        requireNonNull(digest, "digest is null");
        // lengths first: a pattern needs stack for each repetition
        check(registry.length() <= MAX_HOST_LENGTH, "the registry host is longer than 253 characters");
        check(HOST.matcher(registry).matches() && hasPort(registry), "'" + registry + "' is not a registry host");
        check(repository.length() <= MAX_REPOSITORY_LENGTH, "the repository name is longer than 255 characters");
        check(REPOSITORY.matcher(repository).matches(), reasonOfRepository(repository));
        check(tag.map(t -> TAG.matcher(t).matches()).orElse(true), "'" + tag.orElse("") + "' is not a tag");
        check(tag.isPresent() || digest.isPresent(), "a reference has a tag or a digest");
    }

    /** @throws IllegalArgumentException saying which part of the text is wrong */
    public static ImageReference parse(String text) {
        check(!text.isBlank(), "an image reference is not empty");
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        check(!LIKE_AN_ID.matcher(rest).matches(), "'" + rest + "' is an image id, not a name");
        String registry = hasHost ? normalHost(first) : DOCKER_HUB;
        String repository = hasHost ? rest.substring(slash + 1) : rest;
        if (registry.equals(DOCKER_HUB) && !repository.contains("/")) {
            repository = "library/" + repository;
        }
        if (tag.isEmpty() && digest.isEmpty()) {
            tag = Optional.of("latest");
        }
        return new ImageReference(registry, repository, tag, digest);
    }

    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(registry, repository, tag, Optional.of(newDigest));
    }

    public ImageReference withTag(String newTag) {
        return new ImageReference(registry, repository, Optional.of(newTag), Optional.empty());
    }

    /** {@code registry/repository}, as errors name it. */
    public String repositoryName() {
        return registry + "/" + repository;
    }

    /** What goes into the path of a manifest request: the digest where there is one, else the tag. */
    public String manifestKey() {
        return digest.map(Digest::toString).or(() -> tag).orElseThrow();
    }

    @Override
    public String toString() {
        return repositoryName()
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }

    private static String normalHost(String host) {
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? DOCKER_HUB : host;
    }

    /** Whether the port, if there is one, can be one. */
    private static boolean hasPort(String host) {
        int colon = host.lastIndexOf(':');
        if (colon < 0 || host.endsWith("]")) {
            return true;
        }
        int port = Integer.parseInt(host.substring(colon + 1));
        return port > 0 && port <= 65_535;
    }

    private static String reasonOfRepository(String repository) {
        if (repository.chars().anyMatch(Character::isUpperCase)) {
            return "the repository name '" + repository + "' must be lower case";
        }
        return "'" + repository + "' is not a repository name";
    }

    private static void check(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
