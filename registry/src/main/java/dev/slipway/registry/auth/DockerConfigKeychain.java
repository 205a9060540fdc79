package dev.slipway.registry.auth;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.RegistryTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code auths} of a Docker {@code config.json} or a podman {@code auth.json}: a key names a registry, or a part of
 * one ({@code host/team}), and the longest that fits wins. A mirror is given what is kept for its own host. Credential
 * helpers and identity tokens are not used; what only they know counts as unknown.
 */
public final class DockerConfigKeychain implements Keychain {
    private static final System.Logger LOG = System.getLogger(DockerConfigKeychain.class.getName());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DOCKER_HUB = "docker.io";

    private final Map<String, RegistryCredential> byName;

    private DockerConfigKeychain(Map<String, RegistryCredential> byName) {
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** @throws InvalidInputException if the file cannot be read or is not such a file; never shows what is in it */
    public static DockerConfigKeychain read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(file.toString(), "the registry credentials cannot be read", e.toString(), ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(new Problem(
                    file.toString(), "the registry credentials cannot be read", String.valueOf(e.getMessage()), ""));
        }
    }

    /** @throws IllegalArgumentException if it is not such a file; the message shows nothing of it but names */
    public static DockerConfigKeychain parse(byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            // its message may quote the text
            throw new IllegalArgumentException(
                    "it is not JSON (line " + e.getLocation().getLineNr() + ")");
        }
        noteWhatIsLeftOut(root);
        Map<String, RegistryCredential> byName = new LinkedHashMap<>();
        root.path("auths")
                .propertyStream()
                .forEach(entry -> credential(entry.getKey(), entry.getValue())
                        .ifPresent(credential -> byName.put(normalised(entry.getKey()), credential)));
        return new DockerConfigKeychain(byName);
    }

    @Override
    public Optional<RegistryCredential> credentialFor(RegistryTarget target) {
        String name =
                target.mirrored() ? normalised(target.endpointHost()) + "/" + target.remoteRepository() : target.name();
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            @Nullable RegistryCredential credential = byName.get(name.substring(0, end));
            if (credential != null) {
                return Optional.of(credential);
            }
        }
        return Optional.empty();
    }

    private static Optional<RegistryCredential> credential(String name, JsonNode entry) {
        String user = entry.path("username").asString("");
        String password = entry.path("password").asString("");
        String encoded = entry.path("auth").asString("");
        if (!encoded.isEmpty()) {
            String pair = decoded(name, encoded);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("'auth' of " + name + " is not the base64 of user:password");
            }
            user = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        return user.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistryCredential(user, Secret.of(password)));
    }

    private static String decoded(String name, String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
            return pair.replaceAll("\0+$", ""); // old clients pad with zeros
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'auth' of " + name + " is not base64");
        }
    }

    /** Keys are hosts, or addresses such as {@code https://index.docker.io/v1/}. */
    private static String normalised(String key) {
        String name =
                key.replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "").replaceFirst("/+$", "");
        int slash = name.indexOf('/');
        String host = slash < 0 ? name : name.substring(0, slash);
        boolean hub = host.equals("index.docker.io") || host.equals("registry-1.docker.io");
        return hub ? DOCKER_HUB + name.substring(host.length()) : name;
    }

    private static void noteWhatIsLeftOut(JsonNode root) {
        boolean helpers = root.has("credsStore") || !root.path("credHelpers").isEmpty();
        boolean tokens = root.path("auths").valueStream().anyMatch(entry -> entry.has("identitytoken"));
        if (helpers || tokens) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "credential helpers and identity tokens of the registry configuration are not used");
        }
    }
}
