package dev.slipway.engine.plan;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the {@code --platform} of FROM.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#from">Dockerfile reference, FROM</a>
 */
final class PlatformName {
    private static final Set<String> SYSTEMS = Set.of("linux", "windows", "darwin", "freebsd");
    private static final Set<String> ARCHITECTURES = Set.of(
            "386",
            "aarch64",
            "amd64",
            "arm",
            "arm64",
            "armel",
            "armhf",
            "i386",
            "loong64",
            "mips64",
            "mips64le",
            "ppc64le",
            "riscv64",
            "s390x",
            "wasm",
            "x86-64",
            "x86_64");

    private PlatformName() {}

    /**
     * Reads {@code os/arch[/variant]}, or one of the first two alone.
     *
     * @param raw as written, for the fault
     * @throws InvalidInputException without a place
     */
    static Platform parse(String text, String raw) {
        if (text.isEmpty()) {
            throw bad(raw, "it is empty after its variables are replaced");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> parts = List.of(lower.split("/", -1));
        if (parts.size() > 3 || !parts.stream().allMatch(part -> part.matches("[a-z0-9_.-]+"))) {
            throw bad(raw, "'" + text + "' is not os/arch[/variant]");
        }
        if (parts.size() > 1) {
            return Platform.parse(lower);
        }
        if (SYSTEMS.contains(lower)) {
            return Platform.parse(lower + "/" + Platform.host().architecture());
        }
        if (ARCHITECTURES.contains(lower)) {
            return Platform.parse("linux/" + lower);
        }
        throw bad(raw, "'" + text + "' is neither an operating system nor an architecture");
    }

    private static InvalidInputException bad(String raw, String why) {
        return new InvalidInputException(
                new Problem("", "FROM --platform=" + raw, why, "write e.g. --platform=linux/arm64"));
    }
}
