package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What an image runs on, e.g. {@code linux/arm64/v8}. Names are those of Go's GOOS and GOARCH.
 *
 * @param variant empty where there is none
 * @param osVersion empty where there is none
 */
public record Platform(String os, String architecture, String variant, String osVersion) {
    public Platform {
        requireNonNull(os, "os is null");
        requireNonNull(architecture, "architecture is null");
        requireNonNull(variant, "variant is null");
        requireNonNull(osVersion, "osVersion is null");
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, "", "");
    }

    /** The platform of this machine, with Linux as its system. */
    public static Platform host() {
        return parse("linux/" + System.getProperty("os.arch"));
    }

    /**
     * Reads {@code os/arch[/variant]}; the names that kernels and JVMs use (x86_64, aarch64) are taken, too, and
     * {@code arm64/v8} is the same as {@code arm64}.
     *
     * @throws IllegalArgumentException if the text has no two or three parts
     */
    public static Platform parse(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("a platform is os/arch[/variant], not '" + text + "'");
        }
        String architecture = switch (parts[1]) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "i386", "i686" -> "386";
            default -> parts[1];
        };
        String variant = parts.length == 3 ? parts[2] : "";
        if (architecture.equals("arm64") && variant.equals("v8")) {
            variant = "";
        }
        if (architecture.equals("arm") && variant.isEmpty()) {
            variant = "v7";
        }
        return new Platform(parts[0], architecture, variant, "");
    }

    /** Whether an image of platform {@code offered} serves this wish. */
    public boolean accepts(Platform offered) {
        Platform normal = offered.variant.equals("v8") ? of(offered.os, offered.architecture) : offered;
        return os.equals(normal.os) && architecture.equals(normal.architecture) && variant.equals(normal.variant);
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
