package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.store.Repositories;
import dev.slipway.localecr.store.Repository;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v2/_catalog}: the names of all repositories. */
final class Catalog {
    private Catalog() {}

    static Answer answer(Repositories repositories) throws IOException {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ArrayNode names = json.putArray("repositories");
        for (Repository repository : repositories.all()) {
            names.add(repository.settings().name().value());
        }
        return Answer.of(200).body("application/json", JsonMapper.shared().writeValueAsBytes(json));
    }
}
