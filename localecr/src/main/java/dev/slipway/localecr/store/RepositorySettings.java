package dev.slipway.localecr.store;

import static java.util.Objects.requireNonNull;

import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.TagMutability;
import dev.slipway.localecr.model.TagMutability.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code CreateRepository} fixes.
 *
 * @param encryptionType {@code AES256}, {@code KMS} or {@code KMS_DSSE}; nothing is encrypted here, but it decides
 *     whether a layer may be mounted
 * @param resourceTags AWS tags of the repository, not of images
 */
public record RepositorySettings(
        RepositoryName name,
        Instant createdAt,
        TagMutability mutability,
        boolean scanOnPush,
        String encryptionType,
        Optional<String> kmsKey,
        Map<String, String> resourceTags) {

    public RepositorySettings {
        requireNonNull(name, "name is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(mutability, "mutability is null");
        requireNonNull(encryptionType, "encryptionType is null");
        requireNonNull(kmsKey, "kmsKey is null");
        resourceTags = Collections.unmodifiableMap(new LinkedHashMap<>(resourceTags));
    }

    /** ECR's own choices where the caller makes none. */
    public static RepositorySettings of(RepositoryName name, Instant createdAt) {
        return new RepositorySettings(
                name, createdAt, TagMutability.mutable(), false, "AES256", Optional.empty(), Map.of());
    }

    public RepositorySettings withMutability(TagMutability newMutability) {
        return new RepositorySettings(name, createdAt, newMutability, scanOnPush, encryptionType, kmsKey, resourceTags);
    }

    boolean sameEncryption(RepositorySettings other) {
        return encryptionType.equals(other.encryptionType) && kmsKey.equals(other.kmsKey);
    }

    byte[] toJson() {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("name", name.value())
                .put("createdAt", createdAt.toString())
                .put("mutability", mutability.setting().name())
                .put("scanOnPush", scanOnPush)
                .put("encryptionType", encryptionType);
        kmsKey.ifPresent(key -> json.put("kmsKey", key));
        mutability.exclusions().forEach(json.putArray("exclusions")::add);
        ObjectNode tags = json.putObject("resourceTags");
        resourceTags.forEach(tags::put);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    static RepositorySettings ofJson(byte[] bytes) {
        JsonNode json = JsonMapper.shared().readTree(bytes);
        List<String> exclusions = new ArrayList<>();
        json.path("exclusions").forEach(node -> exclusions.add(node.stringValue()));
        Map<String, String> tags = new LinkedHashMap<>();
        json.path("resourceTags")
                .properties()
                .forEach(entry -> tags.put(entry.getKey(), entry.getValue().stringValue()));
        return new RepositorySettings(
                new RepositoryName(json.path("name").stringValue()),
                Instant.parse(json.path("createdAt").stringValue()),
                new TagMutability(Setting.valueOf(json.path("mutability").stringValue()), exclusions),
                json.path("scanOnPush").booleanValue(),
                json.path("encryptionType").stringValue(),
                json.has("kmsKey") ? Optional.of(json.path("kmsKey").stringValue()) : Optional.empty(),
                tags);
    }
}
