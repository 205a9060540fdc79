package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Tag;
import dev.slipway.localecr.model.Texts;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v2/R/tags/list?n=N&last=T}. ECR refuses pages of more than 1000.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags">
 *     distribution-spec, listing tags</a>
 */
final class TagList implements RepositoryEndpoint {
    private static final int MOST = 1000;

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        int size = size(call.http().query("n").orElse(Integer.toString(MOST)));
        String last = call.http().query("last").orElse("");
        List<String> rest = call.repository().images().tags().keySet().stream()
                .map(Tag::value)
                .filter(tag -> last.isEmpty() || tag.compareTo(last) > 0)
                .toList();
        List<String> page = rest.subList(0, Math.min(size, rest.size()));
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("name", call.name().value());
        ArrayNode tags = json.putArray("tags");
        page.forEach(tags::add);
        Answer answer =
                Answer.of(200).body("application/json", JsonMapper.shared().writeValueAsBytes(json));
        if (page.isEmpty() || page.size() == rest.size()) {
            return answer;
        }
        String next = call.address("tags/list?last=" + page.getLast() + "&n=" + size);
        return answer.header("Link", "<" + next + ">; rel=\"next\"");
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size >= 0 && size <= MOST) {
                return size;
            }
        } catch (NumberFormatException e) {
            // falls through: no number is as wrong as one out of range
        }
        throw Reason.PARAMETER.refuse(
                Texts.parameter("maxResults", "Member must have value less than or equal to " + MOST));
    }
}
