package dev.slipway.registry.error;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the body of an error answer says: codes and messages if it is the specification's JSON, else its plain text.
 *
 * @param codes upper case; empty if the body has none
 * @param message fit to be shown: one line, bounded, without control characters
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#error-codes">
 *     distribution-spec, error codes</a>
 */
public record ErrorText(List<String> codes, String message) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_SHOWN = 600;

    public ErrorText {
        codes = List.copyOf(codes);
    }

    public static ErrorText none() {
        return new ErrorText(List.of(), "");
    }

    /**
     * Reads at most 64 KiB; what cannot be read counts as empty, because the status says more than nothing.
     *
     * @param secrets what the request carried, and an answer may echo
     */
    public static ErrorText of(HttpAnswer answer, List<Secret> secrets) {
        try {
            return parse(new String(answer.body().readNBytes(MOST_BYTES), StandardCharsets.UTF_8), secrets);
        } catch (IOException e) {
            return none();
        }
    }

    static ErrorText parse(String body, List<Secret> secrets) {
        String text = body;
        for (Secret secret : secrets) {
            if (!secret.isEmpty()) {
                text = text.replace(secret.reveal(), "***");
            }
        }
        String stripped = text.strip();
        return stripped.startsWith("{") ? ofJson(stripped) : new ErrorText(List.of(), shown(markupRemoved(stripped)));
    }

    public boolean has(String code) {
        return codes.contains(code);
    }

    /** Whether the message contains the words, compared without case. */
    public boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /** For the end of a sentence: empty, or a space, the codes and the message. */
    String asSuffix() {
        String joined = String.join(", ", codes);
        if (joined.isEmpty()) {
            return message.isEmpty() ? "" : " (" + message + ")";
        }
        return message.isEmpty() ? " " + joined : " " + joined + " (" + message + ")";
    }

    private static ErrorText ofJson(String body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            return new ErrorText(List.of(), shown(body));
        }
        List<JsonNode> errors = root.path("errors").valueStream().toList();
        if (errors.isEmpty()) {
            // token services and proxies have forms of their own
            String message = root.path("message").asString(root.path("details").asString(""));
            String code = root.path("code").asString(root.path("error").asString(""));
            return new ErrorText(code.isEmpty() ? List.of() : List.of(code(code)), shown(message));
        }
        return new ErrorText(
                errors.stream()
                        .map(error -> code(error.path("code").asString("")))
                        .toList(),
                shown(errors.stream()
                        .map(error -> error.path("message").asString(""))
                        .filter(message -> !message.isBlank())
                        .collect(Collectors.joining("; "))));
    }

    private static String code(String text) {
        return shown(text).toUpperCase(Locale.ROOT);
    }

    private static String markupRemoved(String text) {
        return text.startsWith("<") ? text.replaceAll("<[^>]*>", " ") : text;
    }

    private static String shown(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
    }
}
