package dev.slipway.localecr.control;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.store.Repositories;
import dev.slipway.localecr.store.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operation is asked.
 *
 * @param repositories those of the registry that the caller means: {@code registryId}, else the caller's own
 */
record Input(JsonNode json, Repositories repositories) {
    RegistryId registry() {
        return repositories.registry();
    }

    /** The member as text; empty if absent. */
    String text(String member) {
        return json.path(member).stringValue("");
    }

    List<JsonNode> list(String member) {
        List<JsonNode> all = new ArrayList<>();
        json.path(member).forEach(all::add);
        return all;
    }

    /** The list, which must hold between 1 and {@code most} elements. */
    List<JsonNode> requiredList(String member, int most) {
        List<JsonNode> all = list(member);
        if (all.isEmpty() || all.size() > most) {
            throw Reason.PARAMETER.refuse(Texts.parameter(member, "Member must have length between 1 and " + most));
        }
        return all;
    }

    Optional<List<JsonNode>> givenList(String member) {
        return json.has(member) ? Optional.of(list(member)) : Optional.empty();
    }

    RepositoryName repositoryName() {
        return RepositoryName.parse(text("repositoryName"));
    }

    Repository repository() throws IOException {
        return repositories.get(repositoryName());
    }

    static ObjectNode newObject() {
        return JsonMapper.shared().createObjectNode();
    }

    /** The head of many answers. */
    ObjectNode answerFor(RepositoryName name) {
        return newObject().put("registryId", registry().account()).put("repositoryName", name.value());
    }
}
