package dev.slipway.localecr.control;

import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.TagMutability;
import dev.slipway.localecr.store.RepositorySettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A repository as the API shows it. */
final class RepositoryView {
    private RepositoryView() {}

    static ObjectNode of(RepositorySettings settings, RegistryId registry) {
        ObjectNode json = Input.newObject()
                .put("repositoryArn", registry.repositoryArn(settings.name()))
                .put("registryId", registry.account())
                .put("repositoryName", settings.name().value())
                .put("repositoryUri", registry.repositoryUri(settings.name()))
                .put("createdAt", seconds(settings.createdAt()));
        putMutability(json, settings.mutability());
        json.putObject("imageScanningConfiguration").put("scanOnPush", settings.scanOnPush());
        ObjectNode encryption =
                json.putObject("encryptionConfiguration").put("encryptionType", settings.encryptionType());
        settings.kmsKey().ifPresent(key -> encryption.put("kmsKey", key));
        return json;
    }

    static void putMutability(ObjectNode json, TagMutability mutability) {
        json.put("imageTagMutability", mutability.setting().name());
        if (!mutability.exclusions().isEmpty()) {
            ArrayNode filters = json.putArray("imageTagMutabilityExclusionFilters");
            mutability
                    .exclusions()
                    .forEach(filter ->
                            filters.addObject().put("filterType", "WILDCARD").put("filter", filter));
        }
    }

    /** What the request says about mutability; mutable where it says nothing. */
    static TagMutability mutability(Input input) {
        List<String> filters = new ArrayList<>();
        for (JsonNode filter : input.list("imageTagMutabilityExclusionFilters")) {
            filters.add(filter.path("filter").stringValue(""));
        }
        return TagMutability.parse(input.json().path("imageTagMutability").stringValue("MUTABLE"), filters);
    }

    /** A time of the API: seconds since the epoch with a fraction. */
    static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }
}
