package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end. */
public final class Command {
    private static final long LIMIT_SECONDS = 300;

    private final List<String> words;
    private final Map<String, String> env = new LinkedHashMap<>();
    private Path directory = Path.of("/");

    private Command(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    /** @param status exit status; output is read as bytes, one char each, so that no name is changed */
    public record Result(int status, String out, String err) {
        public Result mustSucceed() {
            if (status != 0) {
                throw new AssertionError("exit status " + status + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    public Command with(List<String> more) {
        words.addAll(more);
        return this;
    }

    public Command with(String... more) {
        return with(List.of(more));
    }

    public Command in(Path newDirectory) {
        directory = newDirectory;
        return this;
    }

    public Command env(String name, String value) {
        env.put(name, value);
        return this;
    }

    public ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().putAll(env);
        return builder;
    }

    public Result run() {
        try {
            Path out = Files.createTempFile("slipway-it", ".out");
            Path err = Files.createTempFile("slipway-it", ".err");
            Process process = builder()
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end within " + LIMIT_SECONDS + " s");
            }
            Result result = new Result(process.exitValue(), read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
