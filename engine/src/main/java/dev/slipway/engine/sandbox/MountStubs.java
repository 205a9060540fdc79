package dev.slipway.engine.sandbox;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which mount points a tree did not have before a command ran. The runtime makes them; afterwards they are
 * removed again, if nothing was put into them, and the directories above get their times back, so that nothing of it
 * appears in the layer.
 */
final class MountStubs {
    private final Path root;
    private final List<Missing> missing = new ArrayList<>();

    private MountStubs(Path root) {
        this.root = root;
    }

    /**
     * A name that was not there.
     *
     * @param parent absolute path of the directory above
     * @param parentBefore that directory, if it was there itself
     */
    private record Missing(String parent, String name, Optional<Stat> parentBefore) {}

    /** Looks at the tree before the command. */
    static MountStubs before(Path root, List<String> mountPoints) {
        MountStubs stubs = new MountStubs(root);
        try (Fd directory = Nodes.openDirectory(root)) {
            for (String path : mountPoints) {
                stubs.look(directory, path);
            }
        }
        return stubs;
    }

    private void look(Fd directory, String path) {
        StringBuilder parent = new StringBuilder();
        for (String name : path.substring(1).split("/")) {
            String above = parent.isEmpty() ? "/" : parent.toString();
            String here = parent + "/" + name;
            boolean known = missing.stream()
                    .anyMatch(m -> m.parent().equals(above) && m.name().equals(name));
            if (!known && statInRoot(directory, here).isEmpty()) {
                missing.add(new Missing(above, name, statInRoot(directory, above)));
            }
            parent.append('/').append(name);
        }
    }

    /** Looks at the tree after the command; the deepest names go first. */
    void remove() {
        try (Fd directory = Nodes.openDirectory(root)) {
            for (Missing stub : missing.reversed()) {
                remove(directory, stub);
            }
        }
    }

    private static void remove(Fd root, Missing stub) {
        try (Fd parent = Nodes.openInRoot(root, ByteString.of(stub.parent()), 0, OpenFlag.DIRECTORY)) {
            ByteString name = ByteString.of(stub.name());
            Optional<Stat> there = Nodes.find(parent, name);
            if (there.isEmpty() || !isEmpty(parent, name, there.get())) {
                return;
            }
            Stat parentNow = Nodes.stat(parent);
            if (there.get().isDirectory()) {
                Nodes.removeDirectory(parent, name);
            } else {
                Nodes.unlink(parent, name);
            }
            restoreTimes(parent, parentNow, stub, there.get());
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT, Errno.ENOTDIR)) {
                throw e;
            }
        }
    }

    /** Unless the command itself changed the directory after the mount point had been made. */
    private static void restoreTimes(Fd parent, Stat parentNow, Missing stub, Stat made) {
        if (stub.parentBefore().isPresent() && parentNow.modified().compareTo(made.changed()) <= 0) {
            Stat before = stub.parentBefore().get();
            Nodes.changeTimes(parent, before.accessed(), before.modified());
        } else {
            Nodes.changeTimes(parent, parentNow.accessed(), parentNow.modified());
        }
    }

    private static boolean isEmpty(Fd parent, ByteString name, Stat stat) {
        if (stat.isRegular()) {
            return stat.size() == 0;
        }
        if (!stat.isDirectory()) {
            return false;
        }
        try (Fd directory = Nodes.openAt(parent, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            return DirectoryListing.of(directory).isEmpty();
        }
    }

    private static Optional<Stat> statInRoot(Fd root, String path) {
        try (Fd place = Nodes.openInRoot(root, ByteString.of(path), 0, OpenFlag.PATH_ONLY)) {
            return Optional.of(Nodes.stat(place));
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
