package dev.slipway.dockerfile.source;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL taken apart, as leniently as people write them: what may not stand in a URL unencoded is encoded, but a {@code %}
 * that encodes nothing is refused.
 *
 * @param scheme in lower case
 * @param userInfo as written, without the at sign
 * @param host in ASCII, lower case
 * @param port with its colon, or empty
 * @param path encoded
 * @param query as written
 * @param fragment decoded
 * @see <a href="https://pkg.go.dev/net/url#Parse">Go, url.Parse</a>
 */
record UrlText(
        String scheme,
        Optional<String> userInfo,
        String host,
        String port,
        String path,
        Optional<String> query,
        Optional<String> fragment) {
    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z0-9]+)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(?:(.*)@)?(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]*)(:[0-9]*)?");
    private static final Pattern USER_INFO = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");
    private static final Pattern HOST = Pattern.compile("\\[.*]|[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final String IN_PATH = "-._~!$&'()*+,;=:@/";
    private static final String IN_QUERY = IN_PATH + "?";

    /** @throws IllegalArgumentException saying what is wrong, without quoting the text */
    static UrlText parse(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("it has a control character");
        }
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new IllegalArgumentException("it has no scheme");
        }
        Matcher authority = AUTHORITY.matcher(shape.group(2));
        if (!authority.matches()) {
            throw new IllegalArgumentException("its host or port is malformed");
        }
        Optional<String> userInfo = Optional.ofNullable(authority.group(1));
        if (userInfo.filter(info -> !USER_INFO.matcher(info).matches()).isPresent()) {
            throw new IllegalArgumentException("its user information has characters that must be percent-encoded");
        }
        userInfo.ifPresent(UrlText::decode);
        String path = shape.group(3);
        decode(path);
        return new UrlText(
                shape.group(1).toLowerCase(Locale.ROOT),
                userInfo,
                host(authority.group(2)),
                Optional.ofNullable(authority.group(3))
                        .filter(port -> port.length() > 1)
                        .orElse(""),
                encode(path, IN_PATH),
                Optional.ofNullable(shape.group(4)),
                Optional.ofNullable(shape.group(5)).map(UrlText::decode));
    }

    private static String host(String written) {
        if (written.isEmpty()) {
            throw new IllegalArgumentException("it has no host");
        }
        String ascii = written.startsWith("[") ? written : IDN.toASCII(written).toLowerCase(Locale.ROOT);
        if (!HOST.matcher(ascii).matches()) {
            throw new IllegalArgumentException("its host is malformed");
        }
        return ascii;
    }

    /** Whether {@link URI} sees a host in it, of RFC 2396's letters only; no other can be asked. */
    boolean hasUsualHost() {
        return URI.create("http://" + host).getHost() != null;
    }

    String decodedPath() {
        return decode(path);
    }

    /** The address without user information and fragment. */
    URI address() {
        return URI.create(scheme + "://" + host + port + path
                + query.map(text -> "?" + encode(text, IN_QUERY)).orElse(""));
    }

    /** The URL without query and fragment. */
    String withoutOptions() {
        return scheme + "://" + userInfo.map(info -> info + "@").orElse("") + host + port + path;
    }

    /**
     * Undoes percent-encoding.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hex digits, or the bytes are no UTF-8
     */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            if (i + 2 >= raw.length || !isHex(raw[i + 1]) || !isHex(raw[i + 2])) {
                throw new IllegalArgumentException("a % in it is not followed by two hex digits");
            }
            bytes.write(Character.digit(raw[i + 1], 16) * 16 + Character.digit(raw[i + 2], 16));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its percent-encoded bytes are no UTF-8", e);
        }
    }

    private static String encode(String text, String allowed) {
        StringBuilder encoded = new StringBuilder();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            char c = (char) (raw[i] & 0xff);
            boolean plain = c == '%'
                    ? i + 2 < raw.length && isHex(raw[i + 1]) && isHex(raw[i + 2])
                    : c < 0x80 && (Character.isLetterOrDigit(c) || allowed.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }
}
