package dev.slipway.step.connector;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.step.model.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secrets that a command line gives with {@code --secret id=ID,src=PATH} and {@code --secret id=ID,env=NAME}. An id
 * is a reference as connectors spell it; without {@code account.} or {@code org.} it serves every scope.
 */
public final class Secrets implements SecretSource {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.$-]{0,255}");
    private static final int MOST_BYTES = 512 * 1024;

    private final Map<String, Secret> byId;

    private Secrets(Map<String, Secret> byId) {
        this.byId = Map.copyOf(byId);
    }

    /**
     * Reads the options and what they point to.
     *
     * @param environment the variables that {@code env=NAME} means
     * @param files reads what {@code src=PATH} means; one line break at the end is no part of the secret
     * @throws InvalidInputException with every option that is wrong
     */
    public static Secrets parse(List<String> options, Map<String, String> environment, SecretReader files) {
        Map<String, Secret> byId = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String option : options) {
            try {
                SecretOption parsed = SecretOption.parse(option);
                Secret secret = parsed.fromEnvironment() ? variable(parsed, environment) : file(parsed, files);
                if (byId.putIfAbsent(parsed.id(), secret) != null) {
                    throw new IllegalArgumentException("the id is given twice");
                }
            } catch (IllegalArgumentException e) {
                problems.add(Problem.of("--secret " + option, String.valueOf(e.getMessage())));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new Secrets(byId);
    }

    @Override
    public Optional<Secret> secret(String reference) {
        return Optional.ofNullable(byId.get(reference)).or(() -> Optional.ofNullable(byId.get(bare(reference))));
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static String bare(String reference) {
        for (Scope scope : List.of(Scope.ACCOUNT, Scope.ORG)) {
            if (reference.startsWith(scope.prefix())) {
                return reference.substring(scope.prefix().length());
            }
        }
        return reference;
    }

    private static Secret variable(SecretOption option, Map<String, String> environment) {
        String value = environment.get(option.source());
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the variable " + option.source() + " is not set or empty");
        }
        return Secret.of(value);
    }

    private static Secret file(SecretOption option, SecretReader files) {
        byte[] bytes;
        try {
            bytes = files.read(Path.of(option.source()));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + option.source(), e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file " + option.source() + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a secret has at most " + MOST_BYTES + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", "");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the file " + option.source() + " is empty");
        }
        return Secret.of(text);
    }
}
