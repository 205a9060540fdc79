package dev.slipway.dockerfile.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A digest that content must have, {@code algorithm:hex}.
 *
 * @param algorithm {@code sha256}, {@code sha384} or {@code sha512}
 * @param hex in lower case
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">image-spec, digests</a>
 */
public record ContentDigest(String algorithm, String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");
    private static final List<String> ALGORITHMS = List.of("sha256", "sha384", "sha512");

    public ContentDigest {
        requireNonNull(algorithm, "algorithm is null");
        requireNonNull(hex, "hex is null");
    }

    /** @throws InvalidInputException without a place, saying what is wrong with the form */
    public static ContentDigest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw SourceReader.refused(text, "is no digest", "write sha256: and 64 hex digits");
        }
        String algorithm = text.substring(0, colon);
        if (!ALGORITHMS.contains(algorithm)) {
            String hint = Spelling.hint(algorithm, ALGORITHMS);
            throw SourceReader.refused(
                    text,
                    "names the unknown algorithm '" + algorithm + "'",
                    hint.isEmpty() ? "use one of " + String.join(", ", ALGORITHMS) : hint);
        }
        String hex = text.substring(colon + 1);
        int digits = Integer.parseInt(algorithm, 3, algorithm.length(), 10) / 4;
        if (hex.length() != digits || !HEX.matcher(hex).matches()) {
            throw SourceReader.refused(
                    text, "is no " + algorithm + " digest", "it has " + digits + " lower-case hex digits");
        }
        return new ContentDigest(algorithm, hex);
    }

    /** The name that the JDK gives the algorithm. */
    public String javaAlgorithm() {
        return "SHA-" + algorithm.substring(3);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
