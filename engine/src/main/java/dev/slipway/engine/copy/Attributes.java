package dev.slipway.engine.copy;

import dev.slipway.dockerfile.value.ModeChange;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import java.util.Optional;

/**
 * What copied nodes get: the owner first, since changing it clears setuid bits and file capabilities, then the mode,
 * extended attributes, and times last.
 *
 * @param chown for everything that is copied or made; absent where the source's owner stays, or root
 */
record Attributes(Optional<Ownership> chown, Optional<ModeChange> chmod, boolean keepsOwners) {
    private static final ByteString USER = ByteString.of("user.");
    private static final ByteString CAPABILITY = ByteString.of("security.capability");
    private static final int DIRECTORY_MODE = 0755;

    Ownership ownerOf(Stat source) {
        return chown.orElse(keepsOwners ? new Ownership(source.uid(), source.gid()) : Ownership.ROOT);
    }

    /** The owner of a directory that has to be made on the way. */
    Ownership ownerOfMade() {
        return chown.orElse(Ownership.ROOT);
    }

    /** The mode of a directory that has to be made on the way: an octal --chmod reaches it, a symbolic one does not. */
    int modeOfMade() {
        return chmod.filter(ModeChange.Octal.class::isInstance)
                .map(change -> change.apply(DIRECTORY_MODE, true))
                .orElse(DIRECTORY_MODE);
    }

    int modeOf(Stat source) {
        return chmod.map(change -> change.apply(source.mode(), source.isDirectory()))
                .orElse(source.mode());
    }

    /** Everything but the content of an open file or directory. */
    void applyTo(Fd target, Fd source, Stat stat) {
        Ownership owner = ownerOf(stat);
        Nodes.changeOwner(target, owner.uid(), owner.gid());
        Nodes.changeMode(target, modeOf(stat));
        for (ByteString name : Xattrs.list(source)) {
            if (name.startsWith(USER) || name.equals(CAPABILITY)) {
                Xattrs.get(source, name).ifPresent(value -> Xattrs.set(target, name, value));
            }
        }
        Nodes.changeTimes(target, stat.accessed(), stat.modified());
    }

    /** Everything that a symlink or a device node can have. */
    void applyTo(Fd directory, ByteString name, Stat stat) {
        Ownership owner = ownerOf(stat);
        Nodes.changeOwner(directory, name, owner.uid(), owner.gid());
        if (!stat.isSymlink()) {
            Nodes.changeMode(directory, name, modeOf(stat));
        }
        Nodes.changeTimes(directory, name, stat.accessed(), stat.modified());
    }
}
