package dev.slipway.engine.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** What a Dockerfile cannot give itself: whoever builds it has to allow it. */
public enum Entitlement {
    /** {@code RUN --network=host}. */
    NETWORK_HOST("network.host"),
    /** {@code RUN --security=insecure}. */
    SECURITY_INSECURE("security.insecure");

    private final String word;

    Entitlement(String word) {
        this.word = word;
    }

    /** As {@code --allow} has it. */
    public String word() {
        return word;
    }

    /** The one of that word. */
    public static Optional<Entitlement> of(String word) {
        return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
