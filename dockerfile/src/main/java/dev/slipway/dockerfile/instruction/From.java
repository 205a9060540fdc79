package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * {@code FROM [--platform=P] IMAGE [AS NAME]}.
 *
 * @param image image or stage, to be expanded with the global arguments
 * @param platform to be expanded with the global arguments
 * @param alias the name after AS as written; never expanded
 */
public record From(Origin origin, String image, Optional<String> platform, Optional<String> alias)
        implements Instruction {
    public From {
        requireNonNull(origin, "origin is null");
        requireNonNull(image, "image is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(alias, "alias is null");
    }

    @Override
    public String keyword() {
        return "FROM";
    }
}
