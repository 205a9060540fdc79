package dev.slipway.step.connector;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The value of one option {@code --secret}.
 *
 * @param source the variable's name or the file's path
 */
record SecretOption(String id, boolean fromEnvironment, String source) {
    private static final String FORM = "expected id=ID,env=NAME or id=ID,src=PATH";

    /** @throws IllegalArgumentException saying what is wrong */
    static SecretOption parse(String option) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : option.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !(key.equals("id") || key.equals("env") || key.equals("src"))) {
                throw new IllegalArgumentException(FORM);
            }
            if (parts.put(key, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(key + " is given twice");
            }
        }
        String id = parts.getOrDefault("id", "");
        String env = parts.getOrDefault("env", "");
        String src = parts.getOrDefault("src", "");
        if (env.isEmpty() == src.isEmpty()) {
            throw new IllegalArgumentException(FORM);
        }
        if (!Secrets.isId(id)) {
            throw new IllegalArgumentException("'" + id + "' is not the id of a secret");
        }
        return new SecretOption(id, !env.isEmpty(), env.isEmpty() ? src : env);
    }
}
