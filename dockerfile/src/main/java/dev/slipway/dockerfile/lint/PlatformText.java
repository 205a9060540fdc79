package dev.slipway.dockerfile.lint;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a platform's name says.
 *
 * @param architecture in the spelling of GOARCH
 */
record PlatformText(String os, String architecture) {
    private static final Map<String, String> SPELLINGS = Map.of(
            "x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "armhf", "arm", "armel", "arm", "i386", "386");
    private static final Set<String> SYSTEMS = Set.of("linux", "windows", "darwin", "freebsd");
    private static final Set<String> ARCHITECTURES = Set.of(
            "386", "amd64", "arm", "arm64", "loong64", "mips64", "mips64le", "ppc64le", "riscv64", "s390x", "wasm");

    /** Reads {@code os/arch[/variant]}; of a lone word, the other half is that of the default. */
    static Optional<PlatformText> parse(String text, String fallback) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
        if (parts.length > 3 || List.of(parts).contains("")) {
            return Optional.empty();
        }
        if (parts.length > 1) {
            return Optional.of(new PlatformText(parts[0], spelled(parts[1])));
        }
        String[] usual = fallback.split("/", -1);
        if (SYSTEMS.contains(parts[0])) {
            return Optional.of(new PlatformText(parts[0], usual.length > 1 ? usual[1] : ""));
        }
        return Optional.of(new PlatformText(usual[0], spelled(parts[0])))
                .filter(platform -> ARCHITECTURES.contains(platform.architecture));
    }

    private static String spelled(String architecture) {
        return SPELLINGS.getOrDefault(architecture, architecture);
    }

    /** Whether the name says for which platform something is. */
    boolean isNamedIn(String name) {
        return name.contains(os) || (!architecture.isEmpty() && name.contains(architecture));
    }
}
