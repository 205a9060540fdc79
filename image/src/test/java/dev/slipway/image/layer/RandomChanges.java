package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.foundation.linux.Xattrs;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Does to a tree what programs do: makes, changes, links, replaces, renames and removes whatever it meets. */
final class RandomChanges {
    private static final ByteString CAPABILITY = ByteString.of("security.capability");

    private final RandomGenerator random;

    RandomChanges(RandomGenerator random) {
        this.random = random;
    }

    void make(Path tree, int count) {
        try (Fd root = Nodes.openDirectory(tree)) {
            for (int i = 0; i < count; i++) {
                at(root, root, 0);
            }
        }
    }

    /** Goes down a random way and does one thing there. */
    private void at(Fd root, Fd directory, int depth) {
        List<ByteString> names = DirectoryListing.of(directory);
        if (depth < 5 && !names.isEmpty() && random.nextInt(4) != 0) {
            ByteString name = pick(names);
            if (Nodes.stat(directory, name).isDirectory()) {
                try (Fd inner = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY)) {
                    at(root, inner, depth + 1);
                }
                return;
            }
        }
        try {
            change(root, directory, names);
        } catch (LinuxException e) {
            // A name may be taken, too long, or a directory that the overlay does not rename: as for any program.
            if (!e.is(
                    Errno.EEXIST,
                    Errno.EXDEV,
                    Errno.ENOTEMPTY,
                    Errno.EINVAL,
                    Errno.EISDIR,
                    Errno.ENOTDIR,
                    Errno.EBUSY)) {
                throw e;
            }
        }
    }

    private void change(Fd root, Fd directory, List<ByteString> names) {
        int choice = random.nextInt(names.isEmpty() ? 7 : 16);
        switch (choice) {
            case 0, 1, 2 -> makeFile(directory, newName());
            case 3, 4 -> makeDirectory(directory, newName());
            case 5 -> Nodes.makeSymlink(newName(), directory, newName());
            case 6 -> makeSpecial(directory, newName());
            case 7 -> TreeRemoval.remove(directory, pick(names));
            case 8 -> replace(directory, pick(names));
            case 9, 10 -> describe(directory, pick(names));
            case 11 -> append(directory, pick(names));
            case 12 -> Nodes.rename(directory, pick(names), directory, newName());
            case 13 -> Nodes.rename(directory, pick(names), root, newName());
            default -> link(directory, pick(names), random.nextBoolean() ? root : directory);
        }
    }

    private void makeFile(Fd directory, ByteString name) {
        try (Fd file = Nodes.openAt(directory, name, 0644, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            file.write(bytes(random.nextInt(5) == 0 ? random.nextInt(200_000) : random.nextInt(600)));
        }
        if (random.nextBoolean()) {
            describe(directory, name);
        }
    }

    private void makeDirectory(Fd directory, ByteString name) {
        Nodes.makeDirectory(directory, name, 0755);
        try (Fd inner = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY)) {
            for (int i = random.nextInt(4); i > 0; i--) {
                ByteString innerName = newName();
                if (Nodes.find(inner, innerName).isEmpty()) {
                    makeFile(inner, innerName);
                }
            }
        }
        if (random.nextBoolean()) {
            describe(directory, name);
        }
    }

    private void makeSpecial(Fd directory, ByteString name) {
        switch (random.nextInt(4)) {
            case 0 -> Nodes.makeNode(directory, name, FileType.FIFO, 0640, Device.NONE);
            case 1 -> Nodes.makeNode(directory, name, FileType.CHARACTER_DEVICE, 0600, new Device(1, 3));
            case 2 -> Nodes.makeNode(directory, name, FileType.BLOCK_DEVICE, 0600, new Device(259, 70_000));
            default -> Nodes.makeNode(directory, name, FileType.SOCKET, 0600, Device.NONE);
        }
    }

    /** The same name again, maybe as another kind: what makes opaque directories. */
    private void replace(Fd directory, ByteString name) {
        TreeRemoval.remove(directory, name);
        if (random.nextInt(3) == 0) {
            makeFile(directory, name);
        } else {
            makeDirectory(directory, name);
        }
    }

    private void describe(Fd directory, ByteString name) {
        Stat stat = Nodes.stat(directory, name);
        if (random.nextBoolean()) {
            Nodes.changeOwner(directory, name, random.nextInt(3_000_000), random.nextInt(70_000));
        }
        if (!stat.isSymlink() && random.nextBoolean()) {
            Nodes.changeMode(directory, name, random.nextInt(010000));
        }
        if ((stat.isRegular() || stat.isDirectory()) && random.nextBoolean()) {
            Xattrs.set(directory, name, ByteString.of("user." + random.nextInt(3)), bytes(random.nextInt(40)));
        }
        if (stat.isRegular() && random.nextInt(3) == 0) {
            byte[] capability = new byte[20];
            capability[0] = 1;
            capability[3] = 2;
            capability[4] = (byte) random.nextInt(256);
            Xattrs.set(directory, name, CAPABILITY, capability);
        }
        if (random.nextBoolean()) {
            FileTime time = new FileTime(random.nextLong(-1_000_000, 9_000_000_000L), random.nextInt(1_000_000_000));
            Nodes.changeTimes(directory, name, time, time);
        }
    }

    private void append(Fd directory, ByteString name) {
        if (Nodes.stat(directory, name).isRegular()) {
            try (Fd file = Nodes.openAt(directory, name, 0, OpenFlag.WRITE_ONLY)) {
                file.seek(random.nextInt(300));
                file.write(bytes(random.nextInt(300)));
            }
        }
    }

    private void link(Fd directory, ByteString name, Fd where) {
        if (!Nodes.stat(directory, name).isDirectory()) {
            Nodes.makeHardlink(directory, name, where, newName());
        }
    }

    /** From a small set, so that names meet; some of them not UTF-8, long, or strange. */
    private ByteString newName() {
        int number = random.nextInt(12);
        return switch (random.nextInt(8)) {
            case 0 -> ByteString.of(new byte[] {'l', (byte) 0xe4, (byte) ('0' + number)});
            case 1 -> ByteString.of("n".repeat(90 + 10 * number));
            case 2 -> ByteString.of("été " + number + "\n=");
            default -> ByteString.of("n" + number);
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private ByteString pick(List<ByteString> names) {
        return names.get(random.nextInt(names.size()));
    }
}
