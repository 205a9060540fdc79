package dev.slipway.engine.sandbox;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The devices that this machine shows in {@code /dev}. */
final class HostDevices {
    /** What every container has of its own. */
    private static final Set<String> OWN = Set.of("/dev/pts", "/dev/shm", "/dev/mqueue", "/dev/fd", "/dev/console");

    private HostDevices() {}

    /**
     * One device.
     *
     * @param type character or block device
     */
    record HostDevice(String path, FileType type, Device device, int mode, int uid, int gid) {}

    static List<HostDevice> list() {
        List<HostDevice> found = new ArrayList<>();
        try (Fd directory = Nodes.openDirectory(Path.of("/dev"))) {
            collect(directory, "/dev", found);
        }
        return found;
    }

    private static void collect(Fd directory, String path, List<HostDevice> found) {
        for (ByteString name : DirectoryListing.of(directory)) {
            String child = path + "/" + name;
            if (OWN.contains(child)) {
                continue;
            }
            try {
                Stat stat = Nodes.stat(directory, name);
                if (stat.isDirectory()) {
                    try (Fd inner = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                        collect(inner, child, found);
                    }
                } else if (stat.type() == FileType.CHARACTER_DEVICE || stat.type() == FileType.BLOCK_DEVICE) {
                    found.add(new HostDevice(child, stat.type(), stat.device(), stat.mode(), stat.uid(), stat.gid()));
                }
            } catch (LinuxException e) {
                if (!e.is(Errno.ENOENT, Errno.EACCES, Errno.EPERM)) {
                    throw e; // otherwise it has just gone, or is nobody's to see
                }
            }
        }
    }
}
