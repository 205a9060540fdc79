package dev.slipway.dockerfile.source;

/**
 * The names that branches, tags and other references may have.
 *
 * @see <a href="https://git-scm.com/docs/git-check-ref-format">git-check-ref-format(1)</a>
 */
final class RefName {
    private static final String FORBIDDEN = " ~^:?*[\\";

    private RefName() {}

    static boolean isValid(String name) {
        if (name.isEmpty() || name.startsWith("-") || name.endsWith(".") || name.equals("@")) {
            return false;
        }
        if (name.contains("..") || name.contains("@{")) {
            return false;
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0)) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
                return false;
            }
        }
        return true;
    }
}
