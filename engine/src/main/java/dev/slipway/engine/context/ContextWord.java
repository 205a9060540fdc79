package dev.slipway.engine.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.engine.context.BuildContext.Archive;
import dev.slipway.engine.context.BuildContext.Directory;
import dev.slipway.engine.context.BuildContext.Remote;
import dev.slipway.engine.context.BuildContext.StandardInput;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a context as people write it. What is a directory or a file here is that, whatever else it could be; {@code -} is
 * standard input; then come repositories and addresses.
 *
 * @param directory that relative paths begin at
 * @param input standard input
 * @see <a href="https://docs.docker.com/build/concepts/context/">Build context</a>
 */
public record ContextWord(Path directory, InputStream input) {
    private static final String STANDARD_INPUT = "-";
    private static final String TAR = "tar://";
    private static final String DIRECTORY = "dir://";
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final Set<String> FETCHED = Set.of("http", "https", "git", "ssh");
    private static final Pattern AZURE =
            Pattern.compile("https://[^/?#]*\\.blob\\.core\\.windows\\.net(?:[/:][^?]*)?", Pattern.CASE_INSENSITIVE);

    public ContextWord {
        requireNonNull(input, "input is null");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("the directory is not absolute: " + directory);
        }
    }

    /** @throws InvalidInputException without a place, if it is no context, or none of this version */
    public BuildContext read(String word) {
        if (word.isBlank()) {
            throw new InvalidInputException(Problem.of("a build context is not empty"));
        }
        if (word.equals(STANDARD_INPUT) || word.equals("tar://stdin")) {
            return new StandardInput(input);
        }
        if (word.startsWith(TAR)) {
            return new Archive(path(word.substring(TAR.length())));
        }
        if (word.startsWith(DIRECTORY)) {
            return new Directory(path(word.substring(DIRECTORY.length())));
        }
        Matcher scheme = SCHEME.matcher(word);
        if (scheme.matches()) {
            refuseForeign(scheme.group(1).toLowerCase(Locale.ROOT), word);
            return new Remote(SourceReference.ofContext(word));
        }
        Path path = path(word);
        if (!Files.exists(path)) {
            SourceReference reference = SourceReference.ofContext(word);
            if (reference.isRemote()) {
                return new Remote(reference);
            }
        }
        return Files.isRegularFile(path) ? new Archive(path) : new Directory(path);
    }

    private static void refuseForeign(String scheme, String word) {
        switch (scheme) {
            case "s3" ->
                throw refused("s3://", "this version does not read from Amazon S3", "fetch it, and pass it as a file");
            case "gs" ->
                throw refused(
                        "gs://", "this product does not read from Google Cloud", "fetch it, and pass it as a file");
            default -> {
                if (AZURE.matcher(word).matches()) {
                    throw refused(
                            "*.blob.core.windows.net",
                            "this product does not sign in to Azure",
                            "give the address with a signature, ?sv=..., or pass a file");
                }
                if (!FETCHED.contains(scheme)) {
                    throw refused(
                            scheme + "://",
                            "that is no kind of context",
                            "give a directory, a tar, -, or an address with https://, http://, git:// or ssh://");
                }
            }
        }
    }

    private static InvalidInputException refused(String what, String why, String remedy) {
        return new InvalidInputException(new Problem("", "a build context from " + what, why, remedy));
    }

    Path path(String text) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidInputException(Problem.of("the build context is no path", String.valueOf(e.getMessage())));
        }
    }
}
