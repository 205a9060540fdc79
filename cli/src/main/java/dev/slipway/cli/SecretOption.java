package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.dockerfile.value.CsvRecord;
import dev.slipway.engine.request.SecretSource;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code --secret id=ID[,src=PATH|,env=NAME]}: where a secret is, never what it is. */
final class SecretOption {
    private static final String OPTION = "--secret";
    private static final String FORM = "write id=ID,src=PATH or id=ID,env=NAME";

    private final Surroundings surroundings;

    SecretOption(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @throws InvalidInputException if one of them names nothing */
    Map<String, SecretSource> read(List<String> texts) {
        Map<String, SecretSource> sources = new LinkedHashMap<>();
        for (String text : texts) {
            Map<String, String> fields = fields(text);
            String id = fields.getOrDefault("id", "");
            if (id.isEmpty()) {
                throw wrong(text, "the secret has no id");
            }
            sources.put(id, source(text, id, fields));
        }
        return sources;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (CsvRecord.Field field : CsvRecord.parse(text)) {
            int equals = field.text().indexOf('=');
            String key = equals < 0 ? field.text() : field.text().substring(0, equals);
            if (equals < 0) {
                throw wrong(text, "'" + key + "' has no value");
            }
            String name = switch (key) {
                case "id", "type", "env" -> key;
                case "src", "source" -> "src";
                default -> throw wrong(text, "there is no '" + key + "'");
            };
            fields.put(name, field.text().substring(equals + 1));
        }
        return fields;
    }

    /** As docker has it: without a source, a variable of that name, else a file of that name. */
    private SecretSource source(String text, String id, Map<String, String> fields) {
        String type = fields.getOrDefault("type", "");
        Optional<String> env = Optional.ofNullable(fields.get("env"));
        Optional<String> file = Optional.ofNullable(fields.get("src"));
        if (env.isPresent() && file.isPresent()) {
            throw wrong(text, "src and env both say where the secret is");
        }
        return switch (type) {
            case "env" -> variable(id, env.or(() -> file).orElse(id));
            case "file" -> {
                if (env.isPresent()) {
                    throw wrong(text, "a secret of type file has no env");
                }
                yield file(id, file.orElse(id));
            }
            case "" -> {
                if (env.isPresent()) {
                    yield variable(id, env.get());
                }
                boolean isVariable =
                        file.isEmpty() && surroundings.environment().containsKey(id);
                yield isVariable ? variable(id, id) : file(id, file.orElse(id));
            }
            default -> throw wrong(text, "there is no type '" + type + "'");
        };
    }

    private SecretSource variable(String id, String name) {
        String value = surroundings.environment().get(name);
        if (value == null) {
            throw new InvalidInputException(
                    Problem.of("the secret '" + id + "'", "there is no variable " + name + " in the environment")
                            .at(OPTION));
        }
        return checked(id, value.length(), new SecretSource.OfValue(Secret.of(value)));
    }

    private SecretSource file(String id, String name) {
        Path path = surroundings.resolve(Path.of(name));
        try {
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new InvalidInputException(
                        Problem.of("the secret '" + id + "'", path + " is not a file that can be read")
                                .at(OPTION));
            }
            return checked(id, Files.size(path), new SecretSource.OfFile(path));
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of("the secret '" + id + "'", String.valueOf(e.getMessage()))
                    .at(OPTION));
        }
    }

    private static SecretSource checked(String id, long size, SecretSource source) {
        if (size > SecretSource.MOST_BYTES) {
            throw new InvalidInputException(Problem.of(
                            "the secret '" + id + "' is too large",
                            "a secret has at most " + SecretSource.MOST_BYTES / 1024 + " KiB")
                    .at(OPTION));
        }
        return source;
    }

    private static InvalidInputException wrong(String text, String why) {
        return new InvalidInputException(
                Problem.of("'" + text + "'", why).at(OPTION).remedy(FORM));
    }
}
