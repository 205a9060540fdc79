package dev.slipway.engine.mount;

import dev.slipway.engine.request.SecretSource;
import dev.slipway.engine.sandbox.SandboxMount;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** The secrets that a build is given. Thread-safe. */
final class GivenSecrets {
    private final Map<String, SecretSource> sources;

    GivenSecrets(Map<String, SecretSource> sources) {
        this.sources = sources;
    }

    /** For a file that a command sees; a file of this machine is streamed. */
    SandboxMount.Content content(String id) {
        return switch (source(id)) {
            case SecretSource.OfValue(Secret value) ->
                out -> out.write(value.reveal().getBytes(StandardCharsets.UTF_8));
            case SecretSource.OfFile file ->
                out -> {
                    try (InputStream in = Files.newInputStream(file.file())) {
                        byte[] buffer = new byte[8192];
                        long done = 0;
                        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                            done += read;
                            if (done > SecretSource.MOST_BYTES) {
                                throw tooLarge(id);
                            }
                            out.write(buffer, 0, read);
                        }
                    }
                };
        };
    }

    /** As text: for a variable, and to be taken out of what is said. */
    Secret value(String id) {
        return switch (source(id)) {
            case SecretSource.OfValue(Secret value) -> value;
            case SecretSource.OfFile file -> Secret.of(text(id, file));
        };
    }

    /** @throws BuildFailedException if no variable can hold the secret */
    Secret variable(String id) {
        Secret value = value(id);
        if (value.reveal().indexOf('\0') >= 0) {
            throw new BuildFailedException(
                    Problem.of("the secret '" + id + "' cannot be a variable", "it holds a zero byte")
                            .remedy("mount it as a file: leave env= out"));
        }
        return value;
    }

    private SecretSource source(String id) {
        return Optional.ofNullable(sources.get(id))
                .orElseThrow(() -> new IllegalStateException("the secret " + id + " is not given"));
    }

    private static String text(String id, SecretSource.OfFile file) {
        try (InputStream in = Files.newInputStream(file.file())) {
            byte[] bytes = in.readNBytes(SecretSource.MOST_BYTES + 1);
            if (bytes.length > SecretSource.MOST_BYTES) {
                throw tooLarge(id);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of("cannot read the file of the secret '" + id + "'", String.valueOf(e.getMessage())));
        }
    }

    private static InvalidInputException tooLarge(String id) {
        return new InvalidInputException(Problem.of(
                "the secret '" + id + "' is too large",
                "a secret has at most " + SecretSource.MOST_BYTES / 1024 + " KiB"));
    }
}
