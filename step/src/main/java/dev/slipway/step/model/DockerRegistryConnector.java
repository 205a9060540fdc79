package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A connector to a registry that speaks Docker's protocol.
 *
 * @param dockerRegistryUrl https or http, without user and password
 * @param login absent where one pulls anonymously
 */
public record DockerRegistryConnector(ConnectorId id, URI dockerRegistryUrl, Optional<Login> login, Place place)
        implements Connector {
    public static final String TYPE = "DockerRegistry";
    private static final String DOCKER_HUB = "docker.io";

    public DockerRegistryConnector {
        requireNonNull(id, "id is null");
        requireNonNull(login, "login is null");
        requireNonNull(place, "place is null");
        checkUrl(dockerRegistryUrl);
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static URI parseUrl(String text) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "https://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no address", e);
        }
        checkUrl(uri);
        return uri;
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** The registry as names of images spell it: Docker Hub's addresses are all {@code docker.io}. */
    public String registry() {
        String authority = dockerRegistryUrl.getRawAuthority().toLowerCase(Locale.ROOT);
        return switch (authority) {
            case "index.docker.io", "registry.hub.docker.com", "registry-1.docker.io", "hub.docker.com" -> DOCKER_HUB;
            default -> authority;
        };
    }

    private static void checkUrl(URI uri) {
        boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("a registry's address is https://HOST");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a registry's address holds no user and password");
        }
    }

    /** User name and where its password is kept. */
    public record Login(SettingOrSecret username, Reference passwordRef) {
        public Login {
            requireNonNull(username, "username is null");
            requireNonNull(passwordRef, "passwordRef is null");
        }
    }
}
