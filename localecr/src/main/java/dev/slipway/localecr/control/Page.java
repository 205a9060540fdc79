package dev.slipway.localecr.control;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a sorted list. The token names the last item, so that a list that changes meanwhile neither repeats nor
 * loses what stays in it.
 */
record Page<T>(List<T> items, Optional<String> nextToken) {
    private static final int DEFAULT = 100;
    private static final int MOST = 1000;

    /** @param key sorts the items and names each uniquely */
    static <T> Page<T> of(JsonNode request, List<T> sorted, Function<T, String> key) {
        int size = request.path("maxResults").intValue(DEFAULT);
        if (size < 1 || size > MOST) {
            throw Reason.PARAMETER.refuse(
                    Texts.parameter("maxResults", "Member must have value between 1 and " + MOST));
        }
        String after = decode(request.path("nextToken").stringValue(""));
        List<T> rest = sorted.stream()
                .filter(item -> after.isEmpty() || key.apply(item).compareTo(after) > 0)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, Optional.empty());
        }
        List<T> items = rest.subList(0, size);
        return new Page<>(items, Optional.of(encode(key.apply(items.getLast()))));
    }

    void putToken(ObjectNode answer) {
        nextToken.ifPresent(token -> answer.put("nextToken", token));
    }

    private static String encode(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Reason.PARAMETER.refuse("Invalid parameter at 'nextToken'");
        }
    }
}
