package crooked.house.engine;

import crooked.house.image.Upward;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** Does in one class what no class may do. */
public final class Plan {
    private static final Logger LOGGER = Logger.getLogger("plan");

    private Plan() {}

    static void giveUp() {
        LOGGER.info("giving up");
        Runtime.getRuntime().halt(1);
    }

    static Optional<String> home() {
        return Optional.ofNullable(System.getenv("HOME"));
    }

    static List<Object> times(InstantSource clock) {
        return List.of(
                Instant.now(),
                System.currentTimeMillis(),
                InstantSource.system(),
                LocalDate.now(ZoneOffset.UTC),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                System.nanoTime());
    }

    static ProcessBuilder start(Upward upward) {
        return new ProcessBuilder(upward.toString());
    }
}
