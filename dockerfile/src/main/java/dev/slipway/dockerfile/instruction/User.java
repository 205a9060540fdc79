package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** {@code USER}: the user is to be expanded. */
public record User(Origin origin, String user) implements Instruction {
    public User {
        requireNonNull(origin, "origin is null");
        requireNonNull(user, "user is null");
    }

    @Override
    public String keyword() {
        return "USER";
    }
}
