package dev.slipway.dockerfile.source;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes credentials out of text that names addresses, so that it can be shown and stored. */
public final class Credentials {
    private static final Pattern USER_INFO = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#\\s\"']*)@");

    private Credentials() {}

    /**
     * The text without what stands before the host of any URL in it. Only the user of an ssh address stays: it is a name
     * that everybody uses, mostly {@code git}.
     */
    public static String redact(String text) {
        return USER_INFO.matcher(text).replaceAll(match -> {
            String scheme = match.group(1);
            String user = match.group(2).split(":", 2)[0];
            boolean shown = scheme.toLowerCase(Locale.ROOT).equals("ssh")
                    && !match.group(2).contains(":")
                    && !user.isEmpty();
            return Matcher.quoteReplacement(scheme + "://" + (shown ? user : "***") + "@");
        });
    }
}
