package dev.slipway.dockerfile.instruction;

import dev.slipway.dockerfile.value.ByteSize;
import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.dockerfile.value.GoBoolean;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Reads the options of one mount, in their order: some are checked against the type that was named before them. */
final class MountReader {
    static final List<String> KEYS = List.of(
            "type",
            "from",
            "source",
            "src",
            "target",
            "dst",
            "destination",
            "ro",
            "readonly",
            "rw",
            "readwrite",
            "id",
            "sharing",
            "mode",
            "uid",
            "gid",
            "env",
            "required",
            "size");
    static final List<String> BARE_KEYS = List.of("ro", "readonly", "rw", "readwrite", "required");
    private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");
    private static final int DEFAULT_SECRET_MODE = 0400;
    private static final int DEFAULT_SSH_MODE = 0600;

    private final MountFlag flag;
    private final UnaryOperator<String> expansion;
    private String type = "bind";
    private String target = "";
    private String source = "";
    private String id = "";
    private Optional<String> env = Optional.empty();
    private Optional<Boolean> readOnly = Optional.empty();
    private boolean required;
    private Optional<Mount.Sharing> sharing = Optional.empty();
    private OptionalLong size = OptionalLong.empty();
    private OptionalInt mode = OptionalInt.empty();
    private OptionalInt uid = OptionalInt.empty();
    private OptionalInt gid = OptionalInt.empty();

    MountReader(MountFlag flag, UnaryOperator<String> expansion) {
        this.flag = flag;
        this.expansion = expansion;
    }

    Mount read() {
        for (MountFlag.Option option : flag.options()) {
            if (!option.key().equals("from")) {
                take(option.key(), option.value().map(expansion));
            }
        }
        checkAsAWhole();
        return switch (type) {
            case "cache" -> cache();
            case "tmpfs" -> new Mount.Tmpfs(neededTarget(), size);
            case "secret" -> secret();
            case "ssh" -> ssh();
            default -> new Mount.Bind(target, rootIfEmpty(source), flag.from(), readOnly.orElse(true));
        };
    }

    private void take(String key, Optional<String> given) {
        String value = given.orElse("true");
        switch (key) {
            case "type" -> type = type(value);
            case "source", "src" -> source = value;
            case "target", "dst", "destination" -> target = value;
            case "ro", "readonly" -> readOnly = Optional.of(truth(key, value));
            case "rw", "readwrite" -> readOnly = Optional.of(!truth(key, value));
            case "required" -> required = required(value);
            case "size" -> size = size(value);
            case "id" -> id = value;
            case "sharing" -> sharing = Optional.of(sharing(value));
            case "mode" -> mode = OptionalInt.of(number(key, value, 8));
            case "uid" -> uid = OptionalInt.of(number(key, value, 10));
            case "gid" -> gid = OptionalInt.of(number(key, value, 10));
            case "env" -> env = Optional.of(value);
            default -> throw bad("unknown option '" + key + "'", Spelling.hint(key, KEYS));
        }
    }

    private void checkAsAWhole() {
        boolean owned = mode.isPresent() || uid.isPresent() || gid.isPresent();
        if (owned && (type.equals("bind") || type.equals("tmpfs"))) {
            throw bad("mode, uid and gid do not go with type " + type, "");
        }
        if (sharing.isPresent() && !type.equals("cache")) {
            throw bad("sharing does not go with type " + type, "it is for type=cache");
        }
        if (env.isPresent() && !type.equals("secret")) {
            throw bad("env does not go with type " + type, "it is for type=secret");
        }
        if (CleanPath.of(target).equals("/")) {
            throw bad("the target is the root directory", "name a directory below it");
        }
    }

    private Mount cache() {
        String path = neededTarget();
        return new Mount.Cache(
                id.isEmpty() ? CleanPath.of(path) : id,
                path,
                rootIfEmpty(source),
                flag.from(),
                readOnly.orElse(false),
                sharing.orElse(Mount.Sharing.SHARED),
                mode,
                uid,
                gid);
    }

    private Mount secret() {
        if (flag.from().isPresent()) {
            throw bad("from does not go with type secret", "");
        }
        if (!source.isEmpty() && !id.isEmpty()) {
            throw bad("source and id both name the secret", "keep id");
        }
        String named = id.isEmpty() ? source : id;
        if (named.isEmpty() && target.isEmpty()) {
            throw bad("the secret has no name", "add id=NAME");
        }
        String name = named.isEmpty() ? CleanPath.baseName(target) : named;
        Optional<String> path = Optional.of(target)
                .filter(text -> !text.isEmpty())
                .or(() -> env.isPresent() ? Optional.empty() : Optional.of("/run/secrets/" + CleanPath.baseName(name)));
        return new Mount.Secret(
                name, path, env, required, mode.orElse(DEFAULT_SECRET_MODE), uid.orElse(0), gid.orElse(0));
    }

    private Mount ssh() {
        if (!source.isEmpty()) {
            throw bad("source does not go with type ssh", "");
        }
        return new Mount.Ssh(
                id.isEmpty() ? "default" : id,
                Optional.of(target).filter(text -> !text.isEmpty()),
                required,
                mode.orElse(DEFAULT_SSH_MODE),
                uid.orElse(0),
                gid.orElse(0));
    }

    private String type(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!TYPES.contains(lower)) {
            String hint = Spelling.hint(lower, TYPES);
            throw bad(
                    "unknown type '" + value + "'",
                    hint.isEmpty() ? "the types are " + String.join(", ", TYPES) : hint);
        }
        return lower;
    }

    private boolean required(String value) {
        if (!type.equals("secret") && !type.equals("ssh")) {
            throw bad("required does not go with type " + type, "write type=secret or type=ssh before it");
        }
        return truth("required", value);
    }

    private OptionalLong size(String value) {
        if (!type.equals("tmpfs")) {
            throw bad("size does not go with type " + type, "write type=tmpfs before it");
        }
        return OptionalLong.of(ByteSize.parse(value));
    }

    private Mount.Sharing sharing(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "shared" -> Mount.Sharing.SHARED;
            case "private" -> Mount.Sharing.PRIVATE;
            case "locked" -> Mount.Sharing.LOCKED;
            default -> throw bad("unknown sharing '" + value + "'", "write shared, private or locked");
        };
    }

    private boolean truth(String key, String value) {
        return GoBoolean.parse(value)
                .orElseThrow(() -> bad(key + "=" + value + " is neither true nor false", "write true or false"));
    }

    private int number(String key, String value, int radix) {
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c < '0' + radix);
        String significant = value.replaceFirst("^0+(?=.)", "");
        if (!digits || significant.length() > 11 || Long.parseLong(significant, radix) > Integer.MAX_VALUE) {
            throw bad(key + "=" + value + " is not a number", radix == 8 ? "write an octal number such as 0755" : "");
        }
        return Integer.parseInt(significant, radix);
    }

    private String neededTarget() {
        if (target.isEmpty()) {
            throw bad("the mount has no target", "add target=PATH");
        }
        return target;
    }

    private static String rootIfEmpty(String path) {
        return path.isEmpty() ? "/" : path;
    }

    private InvalidInputException bad(String why, String remedy) {
        return new InvalidInputException(new Problem("", "--mount=" + flag.text(), why, remedy));
    }
}
