package dev.slipway.localecr.control;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes a repository; one that holds images only by force.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html">
 *     DeleteRepository</a>
 */
final class DeleteRepository implements Operation {
    @Override
    public String name() {
        return "DeleteRepository";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        boolean force = input.json().path("force").booleanValue(false);
        ObjectNode answer = Input.newObject();
        answer.set(
                "repository",
                RepositoryView.of(input.repositories().delete(input.repositoryName(), force), input.registry()));
        return answer;
    }
}
