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
        String variant = parts.length == 3 ? parts[2] : "";
        return new Platform(parts[0], parts[1], variant, "").normal();
    }

    /** Whether an image of platform {@code offered} serves this wish. */
    public boolean accepts(Platform offered) {
        Platform wanted = normal();
        Platform normal = offered.normal();
        return wanted.os.equals(normal.os)
                && wanted.architecture.equals(normal.architecture)
                && wanted.variant.equals(normal.variant);
    }

    /** The one spelling of what has several: images and people write {@code arm64/v8}, {@code aarch64} and {@code arm/7}. */
    private Platform normal() {
        return switch (architecture) {
            case "amd64", "x86_64", "x86-64" -> with("amd64", variant.equals("v1") ? "" : variant);
            case "arm64", "aarch64" -> with("arm64", variant.equals("v8") || variant.equals("8") ? "" : variant);
            case "386", "i386", "i686" -> with("386", variant);
            case "armhf" -> with("arm", "v7");
            case "armel" -> with("arm", "v6");
            case "arm" -> with("arm", armVariant());
            default -> this;
        };
    }

    private String armVariant() {
        return switch (variant) {
            case "" -> "v7";
            case "5", "6", "7", "8" -> "v" + variant;
            default -> variant;
        };
    }

    private Platform with(String newArchitecture, String newVariant) {
        return new Platform(os, newArchitecture, newVariant, osVersion);
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
