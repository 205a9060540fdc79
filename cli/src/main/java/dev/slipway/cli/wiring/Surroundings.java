package dev.slipway.cli.wiring;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What the process finds around itself; only the entry point reads the real one.
 *
 * @param environment the variables
 * @param directory where the command was started, absolute
 * @param in what is piped in
 * @param out results
 * @param err progress, warnings, errors
 */
public record Surroundings(
        Map<String, String> environment,
        Path directory,
        InputStream in,
        PrintStream out,
        PrintStream err,
        InstantSource clock) {
    public Surroundings {
        environment = Map.copyOf(environment);
        requireNonNull(in, "in is null");
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        requireNonNull(clock, "clock is null");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("the working directory is not absolute: " + directory);
        }
    }

    /** With nothing piped in. */
    public Surroundings(
            Map<String, String> environment, Path directory, PrintStream out, PrintStream err, InstantSource clock) {
        this(environment, directory, InputStream.nullInputStream(), out, err, clock);
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** A path as a user wrote it, seen from where the command was started. */
    public Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }

    /** Where state is kept: {@code $SLIPWAY_HOME}, else {@code $XDG_CACHE_HOME/slipway}, else {@code ~/.cache/slipway}. */
    public Path stateDirectory() {
        return variable("SLIPWAY_HOME")
                .map(Path::of)
                .or(() -> variable("XDG_CACHE_HOME").map(cache -> Path.of(cache, "slipway")))
                .map(this::resolve)
                .orElseGet(() -> userHome().resolve(".cache/slipway"));
    }

    /**
     * The time that {@code $SOURCE_DATE_EPOCH} sets for what is built, in seconds since 1970.
     *
     * @throws InvalidInputException if it is no such number
     * @see <a href="https://reproducible-builds.org/specs/source-date-epoch/">SOURCE_DATE_EPOCH</a>
     */
    public Optional<Instant> sourceDateEpoch() {
        return variable("SOURCE_DATE_EPOCH").map(text -> {
            try {
                return Instant.ofEpochSecond(Long.parseLong(text));
            } catch (NumberFormatException | DateTimeException e) {
                throw new InvalidInputException(
                        Problem.of("SOURCE_DATE_EPOCH is not a number of seconds", "it is '" + text + "'"));
            }
        });
    }

    /** {@code $HOME}, else what the JVM knows. */
    public Path userHome() {
        return resolve(Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home"))));
    }
}
