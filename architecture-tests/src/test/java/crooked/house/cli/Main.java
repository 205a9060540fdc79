package crooked.house.cli;

import java.util.Map;

/** The entry point may: no fault. */
public final class Main {
    private Main() {}

    static Map<String, String> environment() {
        return System.getenv();
    }

    static void end() {
        Runtime.getRuntime().exit(0);
    }
}
