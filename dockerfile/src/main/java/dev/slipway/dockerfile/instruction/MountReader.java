package dev.slipway.dockerfile.instruction;

import dev.slipway.dockerfile.value.ByteSize;
import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.dockerfile.value.GoBoolean;
import dev.slipway.dockerfile.value.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
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
    private final MountFaults faults;
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

    /** @param where gives the place, for errors, of a character of the flag's text */
    MountReader(MountFlag flag, UnaryOperator<String> expansion, IntFunction<String> where) {
        this.flag = flag;
        this.expansion = expansion;
        this.faults = new MountFaults(flag.text(), where);
    }

    Mount read() {
        for (MountFlag.Option option : flag.options()) {
            if (!option.key().equals("from")) {
                faults.of(
                        option.start(), () -> take(option.key(), option.value().map(expansion)));
            }
        }
        faults.throwIfAny();
        checkAsAWhole();
        faults.throwIfAny();
        return switch (type) {
            case "cache" -> cache();
            case "tmpfs" -> new Mount.Tmpfs(target, size);
            case "secret" -> secret();
            case "ssh" -> ssh();
            default -> new Mount.Bind(target, rootIfEmpty(source), flag.from(), readOnly.orElse(true));
        };
    }

    private String take(String key, Optional<String> given) {
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
            default -> env = Optional.of(value);
        }
        return key;
    }

    private void checkAsAWhole() {
        boolean owned = mode.isPresent() || uid.isPresent() || gid.isPresent();
        if (owned && (type.equals("bind") || type.equals("tmpfs"))) {
            faults.add("mode, uid and gid do not go with type " + type, "");
        }
        if (sharing.isPresent() && !type.equals("cache")) {
            faults.add("sharing does not go with type " + type, "it is for type=cache");
        }
        if (env.isPresent() && !type.equals("secret")) {
            faults.add("env does not go with type " + type, "it is for type=secret");
        }
        if (CleanPath.of(target).equals("/")) {
            faults.add("the target is the root directory", "name a directory below it");
        }
        if (type.equals("secret")) {
            checkSecret();
        }
        if (type.equals("ssh") && !source.isEmpty()) {
            faults.add("source does not go with type ssh", "name the agent with id=NAME");
        }
    }

    private void checkSecret() {
        if (flag.from().isPresent()) {
            faults.add("from does not go with type secret", "");
        }
        if (!source.isEmpty() && !id.isEmpty()) {
            faults.add("source and id both name the secret", "keep id");
        }
        if (source.isEmpty() && id.isEmpty() && target.isEmpty()) {
            faults.add("the secret has no name", "add id=NAME");
        }
    }

    private Mount cache() {
        return new Mount.Cache(
                id.isEmpty() ? CleanPath.of(target) : id,
                target,
                rootIfEmpty(source),
                flag.from(),
                readOnly.orElse(false),
                sharing.orElse(Mount.Sharing.SHARED),
                mode,
                uid,
                gid);
    }

    private Mount secret() {
        String named = id.isEmpty() ? source : id;
        String name = named.isEmpty() ? CleanPath.baseName(target) : named;
        Optional<String> path = Optional.of(target)
                .filter(text -> !text.isEmpty())
                .or(() -> env.isPresent() ? Optional.empty() : Optional.of("/run/secrets/" + CleanPath.baseName(name)));
        return new Mount.Secret(
                name, path, env, required, mode.orElse(DEFAULT_SECRET_MODE), uid.orElse(0), gid.orElse(0));
    }

    private Mount ssh() {
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
            throw MountFaults.bad(
                    "type=" + value,
                    "unknown type '" + value + "'",
                    hint.isEmpty() ? "the types are " + String.join(", ", TYPES) : hint);
        }
        return lower;
    }

    private boolean required(String value) {
        if (!type.equals("secret") && !type.equals("ssh")) {
            throw MountFaults.bad(
                    "required", "required does not go with type " + type, "write type=secret or type=ssh before it");
        }
        return truth("required", value);
    }

    private OptionalLong size(String value) {
        if (!type.equals("tmpfs")) {
            throw MountFaults.bad("size=" + value, "size does not go with type " + type, "write type=tmpfs before it");
        }
        return OptionalLong.of(ByteSize.parse(value));
    }

    private Mount.Sharing sharing(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "shared" -> Mount.Sharing.SHARED;
            case "private" -> Mount.Sharing.PRIVATE;
            case "locked" -> Mount.Sharing.LOCKED;
            default ->
                throw MountFaults.bad(
                        "sharing=" + value, "unknown sharing '" + value + "'", "write shared, private or locked");
        };
    }

    private boolean truth(String key, String value) {
        return GoBoolean.parse(value)
                .orElseThrow(() -> MountFaults.bad(
                        key + "=" + value, "'" + value + "' is neither true nor false", "write true or false"));
    }

    private int number(String key, String value, int radix) {
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c < '0' + radix);
        String significant = value.replaceFirst("^0+(?=.)", "");
        if (!digits || significant.length() > 11 || Long.parseLong(significant, radix) > Integer.MAX_VALUE) {
            throw MountFaults.bad(
                    key + "=" + value,
                    "'" + value + "' is not " + (radix == 8 ? "an octal" : "a") + " number",
                    radix == 8 ? "write e.g. 0755" : "write an id, e.g. 1000");
        }
        return Integer.parseInt(significant, radix);
    }

    private static String rootIfEmpty(String path) {
        return path.isEmpty() ? "/" : path;
    }
}
