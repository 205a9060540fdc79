package dev.slipway.dockerfile.value;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The signals that STOPSIGNAL may name: those of Linux. */
public final class Signals {
    private static final String[] IN_ORDER = {
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };
    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST_REAL_TIME = 64;
    private static final int MIDDLE_REAL_TIME = 49;
    private static final Map<String, Integer> NUMBERS = numbers();

    private Signals() {}

    /**
     * Checks an expanded STOPSIGNAL; the text itself goes into the config.
     *
     * @return the signal's number
     * @throws InvalidInputException without a place
     */
    public static int number(String text) {
        if (text.matches("[+-]?[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number != 0) {
                return number;
            }
            throw bad(text, "0 is no signal");
        }
        String name = text.toUpperCase(Locale.ROOT);
        Integer number = NUMBERS.get(name.startsWith("SIG") ? name.substring(3) : name);
        if (number == null) {
            throw bad(text, "no such signal");
        }
        return number;
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>();
        for (int i = 0; i < IN_ORDER.length; i++) {
            numbers.put(IN_ORDER[i], i + 1);
        }
        numbers.put("IOT", 6);
        numbers.put("CLD", 17);
        numbers.put("POLL", 29);
        for (int i = FIRST_REAL_TIME + 1; i < LAST_REAL_TIME; i++) {
            numbers.put(i <= MIDDLE_REAL_TIME ? "RTMIN+" + (i - FIRST_REAL_TIME) : "RTMAX-" + (LAST_REAL_TIME - i), i);
        }
        numbers.put("RTMIN", FIRST_REAL_TIME);
        numbers.put("RTMAX", LAST_REAL_TIME);
        return Map.copyOf(numbers);
    }

    private static InvalidInputException bad(String text, String why) {
        return new InvalidInputException(
                new Problem("", "STOPSIGNAL " + text, why, "write a number above 0 or a name such as SIGTERM"));
    }
}
