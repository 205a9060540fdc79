package dev.slipway.localecr.control;

import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.store.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows all repositories, or those named.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html">
 *     DescribeRepositories</a>
 */
final class DescribeRepositories implements Operation {
    @Override
    public String name() {
        return "DescribeRepositories";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        Optional<List<JsonNode>> names = input.givenList("repositoryNames");
        List<Repository> found = names.isPresent()
                ? named(input, names.get())
                : input.repositories().all();
        Page<Repository> page = Page.of(
                input.json(), found, repository -> repository.settings().name().value());
        ObjectNode answer = Input.newObject();
        ArrayNode repositories = answer.putArray("repositories");
        page.items()
                .forEach(repository -> repositories.add(RepositoryView.of(repository.settings(), input.registry())));
        page.putToken(answer);
        return answer;
    }

    private static List<Repository> named(Input input, List<JsonNode> names) throws IOException {
        List<Repository> all = new ArrayList<>();
        for (JsonNode name : names) {
            all.add(input.repositories().get(RepositoryName.parse(name.stringValue(""))));
        }
        return all;
    }
}
