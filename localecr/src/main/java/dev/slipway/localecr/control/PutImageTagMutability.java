package dev.slipway.localecr.control;

import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.TagMutability;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes whether tags may move.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html">
 *     PutImageTagMutability</a>
 */
final class PutImageTagMutability implements Operation {
    @Override
    public String name() {
        return "PutImageTagMutability";
    }

    @Override
    public ObjectNode run(Input input) throws IOException {
        RepositoryName name = input.repositoryName();
        TagMutability mutability = RepositoryView.mutability(input);
        input.repositories().setMutability(name, mutability);
        ObjectNode answer = input.answerFor(name);
        RepositoryView.putMutability(answer, mutability);
        return answer;
    }
}
