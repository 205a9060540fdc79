package crooked.house.cli;

import java.util.Optional;

/** Beside the entry point is not the entry point. */
public final class Wiring {
    private Wiring() {}

    static Optional<String> path() {
        return Optional.ofNullable(System.getenv("PATH"));
    }
}
