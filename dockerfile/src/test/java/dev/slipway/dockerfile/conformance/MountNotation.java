package dev.slipway.dockerfile.conformance;

import dev.slipway.dockerfile.instruction.Mount;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes mounts as the tables do: defaults left out. */
final class MountNotation {
    private final StringBuilder text;

    private MountNotation(String type) {
        this.text = new StringBuilder(type);
    }

    static String of(Mount mount) {
        return switch (mount) {
            case Mount.Bind bind ->
                new MountNotation("bind")
                        .word("target", Optional.of(bind.target()))
                        .word("source", Optional.of(bind.source()).filter(path -> !path.equals("/")))
                        .word("from", bind.from())
                        .flag("rw", !bind.readOnly())
                        .toString();
            case Mount.Cache cache ->
                new MountNotation("cache")
                        .word("id", Optional.of(cache.id()))
                        .word("target", Optional.of(cache.target()))
                        .word("source", Optional.of(cache.source()).filter(path -> !path.equals("/")))
                        .word("from", cache.from())
                        .flag("ro", cache.readOnly())
                        .flag(cache.sharing().name().toLowerCase(Locale.ROOT), cache.sharing() != Mount.Sharing.SHARED)
                        .number("mode", cache.mode(), 8)
                        .number("uid", cache.uid(), 10)
                        .number("gid", cache.gid(), 10)
                        .toString();
            case Mount.Tmpfs tmpfs ->
                new MountNotation("tmpfs")
                        .word("target", Optional.of(tmpfs.target()))
                        .flag(
                                "size=" + tmpfs.sizeBytes().orElse(0),
                                tmpfs.sizeBytes().isPresent())
                        .toString();
            case Mount.Secret secret ->
                new MountNotation("secret")
                        .word("id", Optional.of(secret.id()))
                        .word("target", secret.target())
                        .word("env", secret.env())
                        .flag("required", secret.required())
                        .owner(secret.mode(), 0400, secret.uid(), secret.gid())
                        .toString();
            case Mount.Ssh ssh ->
                new MountNotation("ssh")
                        .word("id", Optional.of(ssh.id()))
                        .word("target", ssh.target())
                        .flag("required", ssh.required())
                        .owner(ssh.mode(), 0600, ssh.uid(), ssh.gid())
                        .toString();
        };
    }

    private MountNotation owner(int mode, int defaultMode, int uid, int gid) {
        return number("mode", mode == defaultMode ? OptionalInt.empty() : OptionalInt.of(mode), 8)
                .number("uid", uid == 0 ? OptionalInt.empty() : OptionalInt.of(uid), 10)
                .number("gid", gid == 0 ? OptionalInt.empty() : OptionalInt.of(gid), 10);
    }

    private MountNotation word(String name, Optional<String> value) {
        value.ifPresent(word -> text.append(' ').append(name).append('=').append(Notation.quoted(word)));
        return this;
    }

    private MountNotation number(String name, OptionalInt value, int radix) {
        value.ifPresent(number -> text.append(' ').append(name).append('=').append(Integer.toString(number, radix)));
        return this;
    }

    private MountNotation flag(String name, boolean given) {
        if (given) {
            text.append(' ').append(name);
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
