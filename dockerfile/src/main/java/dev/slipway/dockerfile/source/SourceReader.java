package dev.slipway.dockerfile.source;

import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells local paths, URLs and git references apart. */
final class SourceReader {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z0-9]+)://.*", Pattern.DOTALL);
    private static final Pattern SCP =
            Pattern.compile("(([A-Za-z0-9_-]+)@([A-Za-z0-9.-]+):([^?#\\n]*))(?:\\?([^#\\n]*))?(?:#(.*))?");
    private static final String GITHUB = "github.com/";
    private static final String REPOSITORY = ".git";

    private SourceReader() {}

    static SourceReference ofContext(String text) {
        return text.startsWith(GITHUB) ? repository(text, "https://" + text) : ofInstruction(text);
    }

    static SourceReference ofInstruction(String text) {
        if (text.startsWith("./") || text.startsWith("../")) {
            return new LocalPath(text);
        }
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
                case "http", "https" -> overHttp(text);
                case "git", "ssh" -> repository(text, text);
                default -> new LocalPath(text);
            };
        }
        Matcher scp = SCP.matcher(text);
        return scp.matches() ? overSsh(text, scp) : new LocalPath(text);
    }

    /** An address whose path ends in {@code .git} is a repository, any other one is a file. */
    private static SourceReference overHttp(String text) {
        UrlText url = parse(text, text);
        if (url.decodedPath().endsWith(REPOSITORY)) {
            return repository(text, text);
        }
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw refused(text, "is no path and no URL", "write the scheme in lower case");
        }
        return file(text, url);
    }

    private static HttpSource file(String text, UrlText url) {
        if (!url.hasUsualHost() || url.port().length() > 6) {
            throw refused(text, "is no URL that can be fetched: its host or port is malformed", "");
        }
        String name = CleanPath.baseName(url.decodedPath());
        if (name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
            throw refused(text, "ends in what no file can be called", "");
        }
        Optional<Secret> userInfo = url.userInfo().map(UrlText::decode).map(Secret::of);
        return new HttpSource(url.address(), userInfo, name.isEmpty() ? HttpSource.UNNAMED : name, Optional.empty());
    }

    private static GitReference repository(String text, String address) {
        UrlText url = parse(text, address);
        if (url.host().startsWith("-")
                || url.userInfo().filter(info -> info.startsWith("-")).isPresent()) {
            throw optionLike(text);
        }
        return new GitOptions(text, GitRemote.of(url.withoutOptions()))
                .fragment(url.fragment().orElse(""))
                .query(url.query().orElse(""))
                .read();
    }

    private static GitReference overSsh(String text, Matcher scp) {
        if (scp.group(2).startsWith("-")
                || scp.group(3).startsWith("-")
                || scp.group(4).startsWith("-")) {
            throw optionLike(text);
        }
        if (scp.group(1).chars().anyMatch(Character::isISOControl)) {
            throw refused(text, "has a control character in its path", "");
        }
        return new GitOptions(text, GitRemote.of(scp.group(1)))
                .fragment(Optional.ofNullable(scp.group(6)).orElse(""))
                .query(Optional.ofNullable(scp.group(5)).orElse(""))
                .read();
    }

    private static UrlText parse(String text, String address) {
        try {
            UrlText url = UrlText.parse(address);
            url.address();
            return url;
        } catch (IllegalArgumentException e) {
            throw refused(text, "is no URL: " + e.getMessage(), "");
        }
    }

    /** What git or ssh could take for an option of theirs. */
    private static InvalidInputException optionLike(String text) {
        return refused(text, "has a user, host or path that begins with a dash", "");
    }

    static InvalidInputException refused(String text, String why, String remedy) {
        return new InvalidInputException(new Problem("", "'" + Credentials.redact(text) + "'", why, remedy));
    }
}
